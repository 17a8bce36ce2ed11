//! A small fediverse actor that shares no code with the product.
