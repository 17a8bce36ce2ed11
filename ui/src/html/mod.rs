//! Rich text: clean HTML, its Markdown for plain text areas, and JSON-LD.

mod clean;
mod json_ld;
mod markdown;
mod to_markdown;

pub use clean::CleanHtml;
pub use json_ld::JsonLd;
pub use markdown::from_markdown;
pub use to_markdown::to_markdown;
