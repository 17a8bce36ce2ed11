//! The OpenAPI document: what the routes describe, with what holds for all of them.

use crate::BASE;
use crate::problem::{PROBLEM_JSON, Problem};
use crate::routes::Described;
use actix_web::http::Method;
use actix_web::{HttpResponse, get};
use maillage_app::AppError;
use std::sync::OnceLock;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    Content, InfoBuilder, LicenseBuilder, OpenApi, Ref, Response, ResponseBuilder, ServerBuilder,
};
use utoipa::{OpenApi as _, PartialSchema, ToSchema};

/// Introduction of the document, in Markdown.
const INTRODUCTION: &str = "\
Everything a node of Maillage can do. Without a token one reads what is public; with \
`Authorization: Bearer mlg_…` what its account may see and do.\n\n\
Lists answer `{\"items\": […], \"next\": …}`: where `next` is not null, repeat the request with it as `cursor`. \
Moments are RFC 3339 in UTC. Keys and parameters that a route does not have are refused (400) with their name. \
Errors are `application/problem+json`, in French and English. After 503 and 429, the same request may be made again, \
after `Retry-After` seconds.";

/// The document of the API itself.
#[utoipa::path(
    tag = "node",
    operation_id = "openapi",
    summary = "This document",
    responses((status = 200, description = "The OpenAPI 3.1 document of every route", body = Object)),
    security(()),
)]
#[get("/openapi.json")]
pub async fn openapi_json() -> Result<HttpResponse, Problem> {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = match TEXT.get() {
        Some(text) => text,
        None => {
            let text = crate::openapi().map_err(AppError::internal)?;
            TEXT.get_or_init(|| text)
        }
    };
    Ok(HttpResponse::Ok().content_type("application/json").body(text.as_str()))
}

/// Method and path (below [`BASE`]) of every route.
pub fn routes() -> &'static [(Method, String)] {
    static ROUTES: OnceLock<Vec<(Method, String)>> = OnceLock::new();
    ROUTES.get_or_init(|| {
        let paths = Described::openapi().paths.paths;
        let mut all: Vec<(Method, String)> = Vec::new();
        for (path, mut item) in paths {
            all.extend(operations(&mut item).into_iter().map(|(method, _)| (method, path.clone())));
        }
        all
    })
}

/// The whole document.
pub fn document() -> OpenApi {
    let mut document = Described::openapi();
    document.info = InfoBuilder::new()
        .title("Maillage")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(INTRODUCTION))
        .license(Some(LicenseBuilder::new().name(env!("CARGO_PKG_LICENSE")).build()))
        .build();
    document.servers = Some(vec![ServerBuilder::new().url(BASE).build()]);
    let components = document.components.get_or_insert_default();
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A token of `POST /tokens` or of `maillage token create`."))
        .build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    let mut referred = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut referred);
    components.schemas.extend(referred);
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            refusals(&method, path, operation);
        }
    }
    document
}

fn operations(item: &mut PathItem) -> Vec<(Method, &mut Operation)> {
    let all = [
        (Method::GET, &mut item.get),
        (Method::POST, &mut item.post),
        (Method::PUT, &mut item.put),
        (Method::PATCH, &mut item.patch),
        (Method::DELETE, &mut item.delete),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?))).collect()
}

/// Adds to a route the ways in which it may be refused.
fn refusals(method: &Method, path: &str, operation: &mut Operation) {
    let takes_body = operation.request_body.is_some();
    let takes_token = operation.security.iter().flatten().any(|one| one != &Default::default());
    let needs_token =
        takes_token && !operation.security.iter().flatten().any(|one| one == &Default::default());
    let has_query = operation.parameters.iter().flatten().count() > path.matches('{').count();
    let changes = method != Method::GET;
    let possible = [
        (
            takes_body || has_query,
            "400",
            "Unreadable, or with a key or parameter that the route does not have",
        ),
        (takes_token, "401", "No token where one is needed, or none of ours"),
        (needs_token, "403", "The account's role does not allow it"),
        (path.contains('{'), "404", "There is no such thing, or the caller may not know of it"),
        (changes, "409", "Not possible in the present state; nothing was changed"),
        (takes_body, "413", "The body is too large"),
        (takes_body, "415", "The body is of another media type"),
        (changes && takes_body, "422", "Readable, but wrong: said field by field"),
        (true, "503", "The node is busy; the same request may be made again after `Retry-After` seconds"),
        (true, "default", "Any other failure"),
    ];
    for (applies, status, description) in possible {
        if applies {
            let answers = &mut operation.responses.responses;
            answers.entry(status.to_owned()).or_insert_with(|| refusal(description).into());
        }
    }
}

fn refusal(description: &str) -> Response {
    let problem = Content::new(Some(Ref::from_schema_name(Problem::name())));
    ResponseBuilder::new().description(description).content(PROBLEM_JSON, problem).build()
}
