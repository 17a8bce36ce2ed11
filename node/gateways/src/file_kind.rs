//! What a file is, found in its bytes and not in its name; what is taken and what is not.

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileKind {
    /// Media type.
    pub content_type: &'static str,
    /// Usual ending of its name, without dot.
    pub ending: &'static str,
}

/// What is taken: office documents, pictures, text, sound and film that browsers play. Never what a
/// browser would run (HTML, SVG, XML) or a machine (programs, scripts, macros by themselves).
const TAKEN: &[FileKind] = &[
    kind("application/pdf", "pdf"),
    kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    kind("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    kind("application/vnd.oasis.opendocument.text", "odt"),
    kind("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    kind("application/vnd.oasis.opendocument.presentation", "odp"),
    kind("application/msword", "doc"),
    kind("application/vnd.ms-excel", "xls"),
    kind("application/vnd.ms-powerpoint", "ppt"),
    kind("application/rtf", "rtf"),
    kind("application/zip", "zip"),
    kind("image/jpeg", "jpg"),
    kind("image/png", "png"),
    kind("image/webp", "webp"),
    kind("image/gif", "gif"),
    kind("audio/mpeg", "mp3"),
    kind("video/mp4", "mp4"),
    kind("text/plain", "txt"),
    kind("text/csv", "csv"),
];

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// Of a kind that is not taken.
    #[error("the kind of file is not taken")]
    NotTaken,
}

/// The endings of what is taken.
#[must_use]
pub fn endings() -> Vec<&'static str> {
    TAKEN.iter().map(|kind| kind.ending).collect()
}

const fn kind(content_type: &'static str, ending: &'static str) -> FileKind {
    FileKind { content_type, ending }
}

/// The kind of a file by its bytes. The name tells apart only what looks the same inside: a table from
/// other text, one office format of the former kind from another.
///
/// # Errors
/// [`FileFault`] for what is not taken.
pub fn sniff(bytes: &[u8], name: &str) -> Result<FileKind, FileFault> {
    if bytes.is_empty() {
        return Err(FileFault::Empty);
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let found = match infer::get(bytes) {
        Some(found) => by_type(found.mime_type(), &ending),
        None if is_text(bytes) => by_ending(if ending == "csv" { "csv" } else { "txt" }),
        None => None,
    };
    found.ok_or(FileFault::NotTaken)
}

fn by_type(content_type: &str, ending: &str) -> Option<FileKind> {
    // The former office formats are one container; a package that says nothing of itself is a zip.
    let former = matches!(content_type, "application/x-ole-storage" | "application/msword")
        || content_type.starts_with("application/vnd.ms-");
    if former && let "doc" | "xls" | "ppt" = ending {
        return by_ending(ending);
    }
    TAKEN.iter().copied().find(|kind| kind.content_type == content_type)
}

fn by_ending(ending: &str) -> Option<FileKind> {
    TAKEN.iter().copied().find(|kind| kind.ending == ending)
}

/// Text without markup that a browser would take for a page, in UTF-8 or an encoding of Western Europe.
fn is_text(bytes: &[u8]) -> bool {
    let begins = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_lowercase();
    let markup = ["<!doctype", "<html", "<svg", "<script", "<?xml", "<body", "<head", "#!"];
    let control = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    !markup.iter().any(|tag| begins.contains(tag)) && !bytes.iter().any(control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_say_what_a_file_is() {
        let cases: [(&[u8], &str, &str); 6] = [
            (b"%PDF-1.7\n", "rapport.docx", "pdf"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "photo.jpg", "png"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "x", "jpg"),
            ("Compte rendu de la réunion".as_bytes(), "cr.txt", "txt"),
            (b"nom;ville\nUn;Nevers\n", "liste.csv", "csv"),
            (b"PK\x03\x04\x14\0\0\0\0\0", "a.zip", "zip"),
        ];
        for (bytes, name, ending) in cases {
            assert_eq!(sniff(bytes, name).map(|kind| kind.ending), Ok(ending), "{name}");
        }
    }

    #[test]
    fn what_runs_is_refused_whatever_its_name() {
        let cases: [&[u8]; 8] = [
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"  \n<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>",
            b"<?xml version=\"1.0\"?><x/>",
            b"MZ\x90\0\x03\0\0\0",
            b"\x7fELF\x02\x01\x01",
            b"#!/bin/sh\nrm -rf /\n",
            b"",
            b"\x00\x01\x02\x03",
        ];
        for bytes in cases {
            assert!(sniff(bytes, "rapport.pdf").is_err(), "{bytes:?}");
        }
    }
}
