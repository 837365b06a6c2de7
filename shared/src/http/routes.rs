//! A function's routes, with their contract where somebody reads it.

/// Whether routes carry their part of the OpenAPI document. The local stack answers with it and writes it down; a deployed
/// function would carry it for nothing and build it at every start.
pub const DOCUMENTED: bool = cfg!(feature = "document");

/// What `utoipa_axum::routes!` makes of handlers, without the document unless [`DOCUMENTED`].
#[macro_export]
macro_rules! routes {
    ($($($part:ident)::+),+ $(,)?) => {
        if $crate::http::DOCUMENTED {
            ::utoipa_axum::routes!($($($part)::+),+)
        } else {
            use ::utoipa_axum::PathItemExt as _;
            let mut paths = ::utoipa::openapi::path::Paths::new();
            let mut router = ::axum::routing::MethodRouter::new();
            $(
                let path = ::utoipa_axum::routes!(@path [path()] of $($part)::+);
                let methods = ::utoipa_axum::routes!(@path [methods()] of $($part)::+);
                for method in &methods {
                    router = router.on(method.to_method_filter(), $($part)::+);
                }
                paths.add_path_operation(path, methods, ::utoipa::openapi::path::Operation::new());
            )+
            (Vec::new(), paths, router)
        }
    };
}
