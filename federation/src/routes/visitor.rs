//! Who reads: an actor that signed its request, or anybody.

use crate::Face;
use crate::guard::{InboundRequest, Refusal, verify_get};
use actix_web::HttpRequest;
use bytes::Bytes;
use maillage_app::outbound::host_of;
use maillage_domain::viewer::Viewer;

/// Who asks. A signature that does not hold is refused rather than taken for none. A server that
/// signs is alive: what waits for it is due.
pub(super) async fn viewer(face: &Face, request: &HttpRequest) -> Result<Viewer, Refusal> {
    if !request.headers().contains_key("signature") {
        return Ok(Viewer::Anonymous);
    }
    let inbound = InboundRequest::from_actix(request, Bytes::new());
    let fetch = face.federation().guard().check_get(&inbound, face.app().now())?;
    let signed = verify_get(fetch, face.federation()).await?;
    face.federation().heard_of(&host_of(signed.actor().as_str())).await;
    Ok(Viewer::Partner { actor: signed.actor().to_string() })
}
