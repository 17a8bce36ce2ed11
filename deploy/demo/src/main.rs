//! Fills a region of three nodes with believable content, through the same API that everybody uses.
fn main() {}
