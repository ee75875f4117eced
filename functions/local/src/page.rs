//! The built page, at the address of the API, so that both are of one origin.

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use std::path::Path;
use tower_http::services::{ServeDir, ServeFile};

/// Routes of the files in a folder that `make page` has filled; nothing where no page stands in it.
#[must_use]
pub fn routes(folder: &Path) -> Option<Router> {
    let index = folder.join("index.html");
    let has_page = index.is_file();
    has_page.then(|| {
        Router::new()
            .route_service("/", ServeFile::new(index))
            .route_service("/icon.svg", ServeFile::new(folder.join("icon.svg")))
            .nest_service("/assets", ServeDir::new(folder.join("assets")))
            .layer(map_response(unframed))
    })
}

/// No other page shows it in a frame, where somebody could be led to press what they do not see. A page cannot say that of itself.
async fn unframed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("frame-ancestors 'none'"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_page_is_served_and_what_is_beside_it_is_not() {
        let folder = std::env::temp_dir().join(format!("ttw-page-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("assets")).unwrap();
        assert!(routes(&folder).is_none(), "an empty folder has no page");
        for (name, text) in [("index.html", "<p>"), ("icon.svg", "<svg/>"), ("assets/a.js", "1"), ("secret", "s")] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let page = routes(&folder).unwrap();
        let status = async |path: &str| {
            let request = Request::get(path).body(Body::empty()).unwrap();
            page.clone().oneshot(request).await.unwrap().status()
        };
        for path in ["/", "/icon.svg", "/assets/a.js"] {
            assert_eq!(status(path).await, StatusCode::OK, "{path}");
        }
        let request = Request::get("/").body(Body::empty()).unwrap();
        let answer = page.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.headers()["content-security-policy"], "frame-ancestors 'none'");
        for path in ["/secret", "/assets/../secret", "/assets/%2e%2e/secret", "/assets/"] {
            assert_eq!(status(path).await, StatusCode::NOT_FOUND, "{path}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
