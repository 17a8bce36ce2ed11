//! Who asks: the bearer token of a request, as the caller of use cases and the viewer of reads.

use crate::Face;
use crate::problem::Problem;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use maillage_app::caller::Caller;
use maillage_app::{App, AppError};
use maillage_domain::message::Message;
use maillage_domain::viewer::Viewer;
use maillage_store::StoreError;
use maillage_store::read::Reads;
use std::future::Future;
use std::pin::Pin;

/// What extractors answer later.
pub type Later<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// Anybody who reads: with a token as its account, without one as everybody. A token that is none of
/// ours is refused rather than taken for none.
pub struct Visitor {
    face: web::Data<Face>,
    caller: Option<Caller>,
}

/// Who has given a token.
pub struct Signed {
    visitor: Visitor,
    /// Who asks for changes.
    pub caller: Caller,
}

impl Visitor {
    /// Reads the token of a request.
    ///
    /// # Errors
    /// 401 for a token that is none of ours; those of the database.
    pub async fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let face = request
            .app_data::<web::Data<Face>>()
            .cloned()
            .ok_or_else(|| AppError::internal("the API is not in the application's data"))?;
        let caller = match bearer(request)? {
            Some(token) => Some(face.app.caller_of_token(&token).await?),
            None => None,
        };
        Ok(Self { face, caller })
    }

    /// What the handlers hold.
    pub fn face(&self) -> &Face {
        &self.face
    }

    /// The use cases.
    pub fn app(&self) -> &App {
        &self.face.app
    }

    /// The key of the account, where there is one.
    pub fn account(&self) -> Option<i64> {
        self.caller.as_ref().and_then(Caller::account_id)
    }

    /// Reads in one snapshot, as this visitor sees it.
    ///
    /// # Errors
    /// Those of the reads, with their status.
    pub async fn read<T: Send + 'static>(
        &self,
        reads: impl FnOnce(&mut Reads<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        let viewer = self.caller.as_ref().map_or(Viewer::Anonymous, Caller::viewer);
        Ok(self.app().reads(viewer).run(reads).await?)
    }
}

impl Signed {
    /// Reads the token of a request that needs one.
    ///
    /// # Errors
    /// 401 without a token of ours; those of the database.
    pub async fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let visitor = Visitor::of(request).await?;
        let caller = visitor.caller.clone().ok_or_else(Problem::token_missing)?;
        Ok(Self { visitor, caller })
    }

    /// The same as a reader.
    pub fn visitor(&self) -> &Visitor {
        &self.visitor
    }

    /// What the handlers hold.
    pub fn face(&self) -> &Face {
        self.visitor.face()
    }

    /// The use cases.
    pub fn app(&self) -> &App {
        self.visitor.app()
    }

    /// Reads in one snapshot, as this account sees it.
    ///
    /// # Errors
    /// Those of the reads, with their status.
    pub async fn read<T: Send + 'static>(
        &self,
        reads: impl FnOnce(&mut Reads<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        self.visitor.read(reads).await
    }

    /// Refuses, as not found, a service that this account does not see: what is hidden from somebody
    /// is not refused to them, it is not there.
    ///
    /// # Errors
    /// 404; those of the database.
    pub async fn sees_service(&self, slug: &str) -> Result<(), Problem> {
        let slug = slug.to_owned();
        self.read(move |reads| reads.service(&slug).map(drop)).await
    }
}

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Later<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Later<Self> {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

impl FromRequest for Signed {
    type Error = Problem;
    type Future = Later<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Later<Self> {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

/// Answers of a read that is for the people in charge alone. The thing itself is no secret, so that
/// others are told that they may not, rather than that it is not there.
///
/// # Errors
/// Those of the read; [`AppError::Forbidden`] instead of not found.
pub fn for_those_in_charge<T>(answer: Result<T, Problem>) -> Result<T, Problem> {
    answer.map_err(|problem| if problem.status == 404 { AppError::forbidden().into() } else { problem })
}

/// The bearer token of a request (RFC 6750, section 2.1), where it has one.
fn bearer(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let refused = || {
        Problem::from(AppError::Unauthenticated(Message::new(
            "En-tête Authorization illisible : écrivez « Bearer mlg_… », une seule fois.",
            "Unreadable Authorization header: write “Bearer mlg_…”, once.",
        )))
    };
    let mut given = request.headers().get_all(header::AUTHORIZATION);
    let Some(value) = given.next() else { return Ok(None) };
    let value = value.to_str().map_err(|_| refused())?;
    let (scheme, token) = value.trim().split_once(' ').ok_or_else(refused)?;
    if given.next().is_some() || !scheme.eq_ignore_ascii_case("bearer") || token.trim().is_empty() {
        return Err(refused());
    }
    Ok(Some(token.trim().to_owned()))
}
