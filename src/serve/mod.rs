//! HTTP (axum).
