//! Routes of what is only read: GET and HEAD, and a page that says so to other methods.

use super::answer::wrong_method;
use super::page_cache;
use actix_web::dev::HttpServiceFactory;
use actix_web::middleware::from_fn;
use actix_web::{FromRequest, Handler, Resource, Responder, Route, guard, web};

/// A route for GET and, which is the same without its body, for HEAD (RFC 9110 section 9.3.2).
pub(super) fn get<F, A>(handler: F) -> Route
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(handler)
}

/// An address that is only read.
pub(super) fn at<F, A>(path: &str, handler: F) -> Resource
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path).route(get(handler)).default_service(web::to(wrong_method))
}

/// An address that everybody reads: its pages for those who are not signed in are kept for a moment.
pub(super) fn by_everybody<F, A>(path: &str, handler: F) -> impl HttpServiceFactory + use<F, A>
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    at(path, handler).wrap(from_fn(page_cache::answer))
}
