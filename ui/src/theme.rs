//! A site's accent colour, corrected for contrast (WCAG 2.2, 1.4.3) in light and dark.

/// The accent of a site that has not chosen one.
pub const DEFAULT_ACCENT: &str = "#1b5e6b";

/// Page and raised surface in light mode; the same values stand in `tokens.css`.
const LIGHT: [Rgb; 2] = [Rgb([0xff, 0xff, 0xff]), Rgb([0xf3, 0xf6, 0xf5])];
/// Page and raised surface in dark mode.
const DARK: [Rgb; 2] = [Rgb([0x12, 0x18, 0x19]), Rgb([0x1b, 0x23, 0x24])];
/// Text on a button filled with the accent, in light and in dark mode.
const ON_ACCENT: [Rgb; 2] = [Rgb([0xff, 0xff, 0xff]), Rgb([0x0c, 0x12, 0x13])];
/// Contrast aimed at: AA for text is 4.5, and rounding must not fall below.
const WANTED: f64 = 4.6;

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rgb([u8; 3]);

/// The stylesheet that gives a site its accent (`#rrggbb`; anything else is the default one):
/// the colour itself where its contrast suffices, else the nearest lightness of the same hue that
/// does, as text, as a filled button and on a tint of itself.
#[must_use]
pub fn theme_css(accent: &str) -> String {
    let (light, dark) = palettes(accent);
    format!(
        ":root{{{}}}\n@media (prefers-color-scheme:dark){{:root{{{}}}}}\n",
        light.declarations(),
        dark.declarations()
    )
}

/// The mark of a site as SVG, in its accent.
#[must_use]
pub fn mark_svg(accent: &str) -> String {
    include_str!("../assets/mark.svg").replace(DEFAULT_ACCENT, &palettes(accent).0.accent.hex())
}

/// The accent of a site as it is used on light ground: red, green, blue.
#[must_use]
pub fn mark_colour(accent: &str) -> [u8; 3] {
    palettes(accent).0.accent.0
}

/// The accent and what goes with it, in one mode.
#[derive(Debug, Clone, Copy)]
struct Palette {
    accent: Rgb,
    on_accent: Rgb,
    /// Background of chosen and marked things.
    soft: Rgb,
}

impl Palette {
    fn declarations(&self) -> String {
        let Self { accent, on_accent, soft } = self;
        format!("--accent:{};--on-accent:{};--accent-soft:{}", accent.hex(), on_accent.hex(), soft.hex())
    }
}

fn palettes(accent: &str) -> (Palette, Palette) {
    let chosen = Rgb::parse(accent).or_else(|| Rgb::parse(DEFAULT_ACCENT)).unwrap_or(Rgb([0, 0, 0]));
    (palette(chosen, LIGHT, ON_ACCENT[0], -0.01), palette(chosen, DARK, ON_ACCENT[1], 0.01))
}

/// Moves the lightness step by step until every pair has enough contrast; black or white, the ends
/// of the way, always have.
fn palette(chosen: Rgb, surfaces: [Rgb; 2], on_accent: Rgb, step: f64) -> Palette {
    let [lightness, a, b] = chosen.oklab();
    let mut moved = lightness;
    loop {
        let accent = Rgb::from_oklab([moved, a, b]);
        let soft = surfaces[0].mix(accent, 0.09);
        let enough = [surfaces[0], surfaces[1], soft, on_accent]
            .iter()
            .all(|other| contrast(accent, *other) >= WANTED);
        if enough || !(0.0..=1.0).contains(&moved) {
            return Palette { accent, on_accent, soft };
        }
        moved += step;
    }
}

/// Contrast ratio of two colours (WCAG 2.2), 1 to 21.
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (a, b) = (one.luminance(), other.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

impl Rgb {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
        let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([channel(0)?, channel(2)?, channel(4)?]))
    }

    fn hex(self) -> String {
        let [r, g, b] = self.0;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    fn linear(self) -> [f64; 3] {
        self.0.map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn from_linear(linear: [f64; 3]) -> Self {
        Self(linear.map(|c| {
            let c = c.clamp(0.0, 1.0);
            let encoded = if c <= 0.003_130_8 { c * 12.92 } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 };
            (encoded * 255.0).round() as u8
        }))
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn mix(self, other: Self, share: f64) -> Self {
        let blend = |at: usize| {
            let (a, b) = (f64::from(self.0[at]), f64::from(other.0[at]));
            (a + (b - a) * share).round() as u8
        };
        Self([blend(0), blend(1), blend(2)])
    }

    /// OKLab (Björn Ottosson, 2020), in which equal steps of lightness look equal and keep the hue.
    fn oklab(self) -> [f64; 3] {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        [
            0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s,
        ]
    }

    fn from_oklab([lightness, a, b]: [f64; 3]) -> Self {
        let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
        Self::from_linear([
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accent_has_enough_contrast_in_both_modes() {
        for r in (0..=255).step_by(17) {
            for g in (0..=255).step_by(17) {
                for b in (0..=255).step_by(17) {
                    let hex = Rgb([r, g, b].map(|c: i32| c as u8)).hex();
                    let (light, dark) = palettes(&hex);
                    for (palette, surfaces) in [(light, LIGHT), (dark, DARK)] {
                        let others = [surfaces[0], surfaces[1], palette.soft, palette.on_accent];
                        for other in others {
                            let ratio = contrast(palette.accent, other);
                            assert!(ratio >= 4.5, "{hex}: {ratio:.2} against {}", other.hex());
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_that_is_good_already_stays() {
        let (light, _) = palettes("#1b5e6b");
        assert_eq!(light.accent.hex(), "#1b5e6b");
        assert!(theme_css("#1B5E6B").starts_with(":root{--accent:#1b5e6b;--on-accent:#ffffff;"));
    }

    #[test]
    fn what_is_no_colour_is_the_default_and_never_reaches_the_stylesheet() {
        for bad in ["", "red", "#12345", "#12345g", "#é1234", "#fff}body{display:none"] {
            assert_eq!(theme_css(bad), theme_css(DEFAULT_ACCENT), "{bad}");
        }
    }

    #[test]
    fn the_stylesheet_and_this_file_agree_on_the_surfaces() {
        let tokens = include_str!("../assets/tokens.css");
        for colour in LIGHT.iter().chain(&DARK) {
            assert!(tokens.contains(&colour.hex()), "{}", colour.hex());
        }
        let (light, dark) = palettes(DEFAULT_ACCENT);
        for declaration in [light, dark]
            .iter()
            .flat_map(|p| p.declarations().split(';').map(|d| d.replace(':', ": ")).collect::<Vec<_>>())
        {
            assert!(tokens.contains(&declaration), "tokens.css lacks {declaration}");
        }
    }

    #[test]
    fn the_mark_takes_the_accent() {
        assert!(mark_svg("#1b5e6b").contains("fill=\"#1b5e6b\""));
        assert!(!mark_svg("#7a1f5c").contains("#1b5e6b") && mark_svg("#7a1f5c").contains("#7a1f5c"));
        assert_eq!(mark_svg("\"/><script>"), mark_svg(DEFAULT_ACCENT));
        assert_eq!(mark_colour("#7a1f5c"), [0x7a, 0x1f, 0x5c]);
    }

    #[test]
    fn oklab_goes_there_and_back() {
        for colour in [Rgb([0, 0, 0]), Rgb([255, 255, 255]), Rgb([27, 94, 107]), Rgb([200, 30, 90])] {
            assert_eq!(Rgb::from_oklab(colour.oklab()), colour);
        }
    }
}
