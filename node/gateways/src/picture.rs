//! Pictures: decoded within bounds, turned upright, made smaller and written anew, so that nothing
//! of what a camera or a program has hidden in them (place, owner, another file) is passed on.

use image::codecs::jpeg::JpegEncoder;
use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits, codecs::png::PngEncoder,
};
use std::io::Cursor;

/// Most pixels that are decoded.
const MOST_PIXELS: u64 = 40_000_000;
/// Quality of a photograph, of 100.
const QUALITY: u8 = 82;

/// Why a picture is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureFault {
    /// No picture of a kind that is read.
    #[error("the picture cannot be read")]
    Unreadable,
    /// More pixels than are decoded.
    #[error("the picture is too large: {width} × {height}")]
    TooLarge {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
}

/// A picture written anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// `image/jpeg`, or `image/png` where some of it is transparent.
    pub content_type: &'static str,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Reads a picture (JPEG, PNG, WebP, GIF's first frame) and writes it anew, its longer side at most
/// `longest` pixels.
///
/// # Errors
/// [`PictureFault`] for what is not taken.
pub fn rewrite(bytes: &[u8], longest: u32) -> Result<Picture, PictureFault> {
    let unreadable = || PictureFault::Unreadable;
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| unreadable())?;
    let format = reader.format().ok_or_else(unreadable)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif) {
        return Err(unreadable());
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * 8);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| unreadable())?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PictureFault::TooLarge { width, height });
    }
    let turned = decoder.orientation().map_err(|_| unreadable())?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| unreadable())?;
    image.apply_orientation(turned);
    if image.width().max(image.height()) > longest {
        image = image.resize(longest, longest, image::imageops::FilterType::Lanczos3);
    }
    write(&image).ok_or_else(unreadable)
}

fn write(image: &DynamicImage) -> Option<Picture> {
    let (width, height) = (image.width(), image.height());
    let mut bytes = Vec::new();
    let content_type = if is_transparent(image) {
        let rgba = image.to_rgba8();
        PngEncoder::new(&mut bytes)
            .write_image(&rgba, width, height, image::ExtendedColorType::Rgba8)
            .ok()?;
        "image/png"
    } else {
        let rgb = image.to_rgb8();
        JpegEncoder::new_with_quality(&mut bytes, QUALITY)
            .write_image(&rgb, width, height, image::ExtendedColorType::Rgb8)
            .ok()?;
        "image/jpeg"
    };
    Some(Picture { bytes, content_type, width, height })
}

fn is_transparent(image: &DynamicImage) -> bool {
    image.color().has_alpha() && image.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    fn png(image: &DynamicImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, ImageFormat::Png).expect("a PNG");
        bytes.into_inner()
    }

    #[test]
    fn a_large_picture_becomes_smaller_and_keeps_its_shape() {
        let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(1_200, 600, Rgb([20, 90, 110])));
        let picture = rewrite(&png(&image), 400).expect("a picture");
        assert_eq!((picture.width, picture.height, picture.content_type), (400, 200, "image/jpeg"));
        assert!(image::load_from_memory(&picture.bytes).is_ok());
    }

    #[test]
    fn what_is_transparent_stays_so() {
        let image = DynamicImage::ImageRgba8(RgbaImage::from_pixel(10, 10, Rgba([0, 0, 0, 0])));
        assert_eq!(rewrite(&png(&image), 400).expect("a picture").content_type, "image/png");
    }

    #[test]
    fn what_is_hidden_in_a_picture_is_not_passed_on() {
        let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(8, 8, Rgb([200, 10, 10])));
        let mut jpeg = Vec::new();
        JpegEncoder::new(&mut jpeg).encode_image(&image).expect("a JPEG");
        // An APP1 segment after the start of the image, as cameras write where they were.
        let note = b"Exif\0\0GPS 47.0,3.16";
        let mut with_note = jpeg[..2].to_vec();
        with_note.extend([0xff, 0xe1, 0, u8::try_from(note.len() + 2).expect("short")]);
        with_note.extend(note);
        with_note.extend(&jpeg[2..]);
        with_note.extend(b"<script>alert(1)</script>");
        let picture = rewrite(&with_note, 100).expect("a picture");
        let holds = |what: &[u8]| picture.bytes.windows(what.len()).any(|part| part == what);
        assert!(!holds(b"GPS 47.0") && !holds(b"<script"));
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_refused() {
        for bytes in
            [&b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"[..], b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\nxxxx"]
        {
            assert!(rewrite(bytes, 400).is_err());
        }
        // A PNG that says of itself that it is 60,000 pixels wide and high: refused before it is unpacked.
        let mut bomb = png(&DynamicImage::ImageRgb8(RgbImage::new(1, 1)));
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let crc = crc32(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&crc.to_be_bytes());
        let told = rewrite(&bomb, 400).expect_err("refused");
        assert_eq!(told, PictureFault::TooLarge { width: 60_000, height: 60_000 });
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |mut crc, byte| {
            crc ^= u32::from(*byte);
            (0..8).for_each(|_| crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 });
            crc
        })
    }
}
