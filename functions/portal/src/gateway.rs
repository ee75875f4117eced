//! Requests of an API Gateway HTTP API, on their way to a router.

use crate::identity::Claims;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::http::uri::{PathAndQuery, Uri};
use lambda_http::RequestExt;
use lambda_http::request::RequestContext;
use tower::ServiceExt;
use tower::util::MapRequest;

/// What the gateway's authorizer has verified about the caller. It stands in a request's extensions, where no caller can put
/// anything, and is made here alone, from the request context that the gateway writes.
#[derive(Debug, Clone)]
pub struct Vouched(Option<Claims>);

impl Vouched {
    /// The claims; none when they name nobody.
    pub(crate) fn claims(&self) -> Option<Claims> {
        self.0.clone()
    }

    fn of(context: &RequestContext) -> Option<Self> {
        let RequestContext::ApiGatewayV2(context) = context else { return None };
        let jwt = context.authorizer.as_ref()?.jwt.as_ref()?;
        Some(Self(Claims::from_gateway(&jwt.claims)))
    }
}

/// The router as a service of gateway requests.
#[must_use]
pub fn service(router: Router) -> MapRequest<Router, fn(lambda_http::Request) -> Request<Body>> {
    ServiceExt::<Request<Body>>::map_request(router, as_plain_request as fn(lambda_http::Request) -> Request<Body>)
}

/// A gateway request as the caller wrote it, and who that is: a stage other than `$default` stands before the path and is taken
/// off.
fn as_plain_request(request: lambda_http::Request) -> Request<Body> {
    let stage = match request.request_context_ref() {
        Some(RequestContext::ApiGatewayV2(context)) => context.stage.clone(),
        _ => None,
    };
    let vouched = request.request_context_ref().and_then(Vouched::of);
    let mut request = request.map(Body::new);
    if let Some(vouched) = vouched {
        request.extensions_mut().insert(vouched);
    }
    if let Some(uri) = without_stage(request.uri(), stage.as_deref()) {
        *request.uri_mut() = uri;
    }
    request
}

fn without_stage(uri: &Uri, stage: Option<&str>) -> Option<Uri> {
    let whole = uri.path_and_query()?.as_str();
    let rest = whole.strip_prefix('/')?.strip_prefix(stage?)?;
    rest.starts_with('/').then(|| PathAndQuery::try_from(rest).ok().map(Uri::from)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_taken_off_the_path_and_nothing_else() {
        let path = |uri: &str, stage| without_stage(&uri.parse().unwrap(), stage).map(|uri| uri.to_string());
        assert_eq!(
            path("https://h/dev/v1/parameters?on=2016-05", Some("dev")).as_deref(),
            Some("/v1/parameters?on=2016-05")
        );
        assert_eq!(path("https://h/v1/v1/rules", Some("v1")).as_deref(), Some("/v1/rules"));
        assert_eq!(path("https://h/device/v1/rules", Some("dev")), None);
        assert_eq!(path("https://h/v1/rules", Some("$default")), None);
        assert_eq!(path("https://h/v1/rules", None), None);
    }
}
