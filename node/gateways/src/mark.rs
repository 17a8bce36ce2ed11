//! The mark of a site as an icon file (ICO with PNG pictures), in the site's colour: for programs that read
//! no SVG. It is drawn as the SVG mark is: a rounded square, three rings, three lines.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};

/// Sides of the pictures, in pixels.
const SIDES: [u8; 3] = [16, 32, 48];
/// Side of the square in which the mark is drawn, and the radius of its corners.
const SQUARE: f64 = 32.0;
const CORNER: f64 = 6.0;
/// Centres of the rings, their radius, and the width of lines.
const RINGS: [(f64, f64); 3] = [(8.5, 10.0), (23.5, 12.5), (15.0, 23.5)];
const RING: f64 = 3.0;
const STROKE: f64 = 2.0;

/// The icon in this colour (red, green, blue); empty where a picture could not be written.
#[must_use]
pub fn icon(colour: [u8; 3]) -> Vec<u8> {
    let pictures: Vec<(u8, Vec<u8>)> =
        SIDES.into_iter().filter_map(|side| Some((side, picture(side, colour)?))).collect();
    let count = u16::try_from(pictures.len()).unwrap_or_default();
    let mut file = Vec::new();
    // ICONDIR, then one ICONDIRENTRY of 16 bytes for each picture, then the pictures.
    for number in [0, 1, count] {
        file.extend(number.to_le_bytes());
    }
    let mut at = 6 + 16 * u32::from(count);
    for (side, png) in &pictures {
        let length = u32::try_from(png.len()).unwrap_or_default();
        file.extend([*side, *side, 0, 0]);
        file.extend(1_u16.to_le_bytes());
        file.extend(32_u16.to_le_bytes());
        file.extend(length.to_le_bytes());
        file.extend(at.to_le_bytes());
        at += length;
    }
    pictures.iter().for_each(|(_, png)| file.extend(png));
    file
}

fn picture(side: u8, colour: [u8; 3]) -> Option<Vec<u8>> {
    let scale = SQUARE / f64::from(side);
    let mut pixels = Vec::with_capacity(usize::from(side).pow(2) * 4);
    for row in 0..side {
        for column in 0..side {
            let middle = |at: u8| (f64::from(at) + 0.5) * scale;
            let (x, y) = (middle(column), middle(row));
            // How much of the pixel is inside, from the distance to the edge.
            let covered = |distance: f64| (0.5 - distance / scale).clamp(0.0, 1.0);
            let white = covered(strokes(x, y));
            let mixed = |part: u8| (f64::from(part) + (255.0 - f64::from(part)) * white).round() as u8;
            pixels.extend(colour.map(mixed));
            pixels.push((covered(square(x, y)) * 255.0).round() as u8);
        }
    }
    let mut png = Vec::new();
    let (width, height) = (u32::from(side), u32::from(side));
    PngEncoder::new(&mut png).write_image(&pixels, width, height, ExtendedColorType::Rgba8).ok()?;
    Some(png)
}

/// Distance to the rounded square, below 0 inside.
fn square(x: f64, y: f64) -> f64 {
    let beyond = |at: f64| (at - SQUARE / 2.0).abs() - (SQUARE / 2.0 - CORNER);
    let (dx, dy) = (beyond(x), beyond(y));
    dx.max(0.0).hypot(dy.max(0.0)) + dx.max(dy).min(0.0) - CORNER
}

/// Distance to what is drawn white, below 0 inside.
fn strokes(x: f64, y: f64) -> f64 {
    let from = |(cx, cy): (f64, f64)| (x - cx).hypot(y - cy);
    let inside = RINGS.into_iter().map(from).fold(f64::MAX, f64::min) - RING;
    let rings = inside.abs() - STROKE / 2.0;
    let lines = [(0, 1), (1, 2), (2, 0)].into_iter().map(|(a, b)| line((x, y), RINGS[a], RINGS[b]));
    let lines = lines.fold(f64::MAX, f64::min) - STROKE / 2.0;
    // Lines end at the rings.
    rings.min(lines.max(-inside))
}

/// Distance from a point to the line between two others.
fn line((x, y): (f64, f64), (ax, ay): (f64, f64), (bx, by): (f64, f64)) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let along = (((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (x - ax - along * dx).hypot(y - ay - along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_holds_pictures_in_its_colour() {
        let file = icon([0x1b, 0x5e, 0x6b]);
        assert_eq!(file[..6], [0, 0, 1, 0, 3, 0]);
        for (at, side) in SIDES.into_iter().enumerate() {
            let entry = &file[6 + 16 * at..22 + 16 * at];
            let number =
                |at: usize| u32::from_le_bytes([entry[at], entry[at + 1], entry[at + 2], entry[at + 3]]);
            let (length, from) = (number(8) as usize, number(12) as usize);
            let picture = image::load_from_memory(&file[from..from + length]).expect("a picture").to_rgba8();
            assert_eq!((picture.width(), picture.height()), (u32::from(side), u32::from(side)));
            let at = |x: f64, y: f64| {
                let scale = f64::from(side) / SQUARE;
                picture.get_pixel((x * scale) as u32, (y * scale) as u32).0
            };
            // Outside the corner nothing, at the edge the colour, in the middle of a line nearly white.
            assert_eq!(at(0.0, 0.0)[3], if side == 16 { at(0.0, 0.0)[3] } else { 0 });
            assert_eq!(at(16.0, 29.9), [0x1b, 0x5e, 0x6b, 255], "{side}");
            assert!(at(16.0, 11.2)[0] > 120, "{side}: {:?}", at(16.0, 11.2));
        }
        assert!(file.len() < 8_000 && icon([200, 30, 90]) != file);
    }
}
