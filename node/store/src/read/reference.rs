//! Reads of the thesauri: themes and places.

use super::Reads;
use crate::error::StoreError;
use crate::rows::{PlaceRow, ThemeRow};
use crate::schema::{item_themes, places, postal_codes, themes};
use diesel::prelude::*;
use maillage_domain::message::Message;
use maillage_domain::place::{fold_place_name, normalise_commune_input};
use maillage_domain::theme::{Theme, Thesaurus};

fn theme(row: ThemeRow) -> Theme {
    Theme {
        slug: row.slug,
        parent: row.parent,
        label: Message { fr: row.label_fr, en: row.label_en },
        own: row.own,
        retired: row.retired_at.is_some(),
        // Written by the use case alone, in this form.
        matches: row.matches.split_whitespace().filter_map(|code| code.parse().ok()).collect(),
    }
}

impl Reads<'_> {
    /// The theme thesaurus.
    ///
    /// # Errors
    /// Those of the database.
    pub fn thesaurus(&mut self) -> Result<Thesaurus, StoreError> {
        let rows: Vec<ThemeRow> =
            themes::table.order(themes::position).select(ThemeRow::as_select()).load(self.conn)?;
        Ok(Thesaurus::new(rows.into_iter().map(theme).collect()))
    }

    /// The row of a theme.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn theme(&mut self, slug: &str) -> Result<ThemeRow, StoreError> {
        let found = themes::table.filter(themes::slug.eq(slug)).select(ThemeRow::as_select());
        Ok(found.first(self.conn)?)
    }

    /// How many items bear a theme or a narrower one, by slug.
    ///
    /// # Errors
    /// Those of the database.
    pub fn theme_uses(&mut self) -> Result<Vec<(String, i64)>, StoreError> {
        Ok(item_themes::table
            .group_by(item_themes::theme)
            .select((item_themes::theme, diesel::dsl::count_star()))
            .load(self.conn)?)
    }

    /// Themes by slug; unknown ones are left out.
    ///
    /// # Errors
    /// Those of the database.
    pub fn themes(&mut self, slugs: &[String]) -> Result<Vec<Theme>, StoreError> {
        if slugs.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<ThemeRow> = themes::table
            .filter(themes::slug.eq_any(slugs.to_vec()))
            .select(ThemeRow::as_select())
            .load(self.conn)?;
        Ok(rows.into_iter().map(theme).collect())
    }

    /// Places by code; unknown codes are left out.
    ///
    /// # Errors
    /// Those of the database.
    pub fn places(&mut self, codes: &[String]) -> Result<Vec<PlaceRow>, StoreError> {
        if codes.is_empty() {
            return Ok(Vec::new());
        }
        Ok(places::table
            .filter(places::code.eq_any(codes.to_vec()))
            .select(PlaceRow::as_select())
            .load(self.conn)?)
    }

    /// Every département and region: what a node's territory usually is. Départements first, by code.
    ///
    /// # Errors
    /// Those of the database.
    pub fn territories(&mut self) -> Result<Vec<PlaceRow>, StoreError> {
        Ok(places::table
            .filter(places::kind.eq_any(["department", "region"]))
            .order((places::kind, places::code))
            .select(PlaceRow::as_select())
            .load(self.conn)?)
    }

    /// Whether the geography has been loaded.
    ///
    /// # Errors
    /// Those of the database.
    pub fn has_places(&mut self) -> Result<bool, StoreError> {
        let found: Option<i64> = places::table.select(places::id).first(self.conn).optional()?;
        Ok(found.is_some())
    }

    /// One place by its code.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn place(&mut self, code: &str) -> Result<PlaceRow, StoreError> {
        Ok(places::table.filter(places::code.eq(code)).select(PlaceRow::as_select()).first(self.conn)?)
    }

    /// Places whose name begins with this text or whose postal code it is, the most populated
    /// first: what a type-ahead or a search box offers.
    ///
    /// # Errors
    /// Those of the database.
    pub fn find_places(&mut self, text: &str, limit: i64) -> Result<Vec<PlaceRow>, StoreError> {
        let trimmed = text.trim();
        if trimmed.len() == 5 && trimmed.bytes().all(|b| b.is_ascii_digit()) {
            let by_code = self.places_with_postal_code(trimmed)?;
            if !by_code.is_empty() {
                return Ok(by_code);
            }
        }
        let folded = fold_place_name(trimmed);
        if folded.is_empty() {
            return Ok(Vec::new());
        }
        // A range rather than LIKE: the index answers it on both databases, whatever the collation.
        let end = format!("{folded}\u{10ffff}");
        let exact: Vec<PlaceRow> = places::table
            .filter(places::folded.eq(&folded))
            .order((places::population.desc(), places::id))
            .limit(limit)
            .select(PlaceRow::as_select())
            .load(self.conn)?;
        let room = limit - i64::try_from(exact.len()).unwrap_or(limit);
        let mut found = exact;
        if room > 0 {
            let mut further: Vec<PlaceRow> = places::table
                .filter(places::folded.gt(&folded).and(places::folded.lt(end)))
                .order((places::population.desc(), places::id))
                .limit(room)
                .select(PlaceRow::as_select())
                .load(self.conn)?;
            found.append(&mut further);
        }
        Ok(found)
    }

    /// The communes of a postal code.
    ///
    /// # Errors
    /// Those of the database.
    pub fn places_with_postal_code(&mut self, postal_code: &str) -> Result<Vec<PlaceRow>, StoreError> {
        let codes: Vec<String> = postal_codes::table
            .filter(postal_codes::postal_code.eq(postal_code))
            .select(postal_codes::place_code)
            .load(self.conn)?;
        self.places(&codes)
    }

    /// The one place that a spreadsheet or a feed means by this text: a code, a commune with or
    /// without its postal code, a département or a region by name. None when it is ambiguous.
    ///
    /// # Errors
    /// Those of the database.
    pub fn resolve_place(
        &mut self,
        text: &str,
        postal_code: Option<&str>,
    ) -> Result<Option<PlaceRow>, StoreError> {
        if let Ok(code) = maillage_domain::place::PlaceCode::parse_input(text.trim())
            && let Some(found) = self.places(&[code.to_string()])?.pop()
        {
            return self.current(found).map(Some);
        }
        let folded = normalise_commune_input(text);
        if folded.is_empty() {
            return Ok(None);
        }
        let mut named: Vec<PlaceRow> = places::table
            .filter(places::folded.eq(&folded))
            .order((places::population.desc(), places::id))
            .limit(60)
            .select(PlaceRow::as_select())
            .load(self.conn)?;
        if let Some(postal_code) = postal_code {
            let inside: Vec<String> =
                self.places_with_postal_code(postal_code)?.into_iter().map(|place| place.code).collect();
            let matching: Vec<PlaceRow> =
                named.iter().filter(|p| inside.contains(&p.code)).cloned().collect();
            if !matching.is_empty() {
                named = matching;
            }
        }
        // A current commune is meant rather than a former one, an area of its name only without.
        let rank = |place: &PlaceRow| match place.kind.as_str() {
            "commune" | "municipal_district" => 0,
            "former" => 2,
            _ => 1,
        };
        named.sort_by_key(rank);
        let best = named.first().map(rank);
        let candidates: Vec<&PlaceRow> = named.iter().filter(|place| Some(rank(place)) == best).collect();
        match candidates.as_slice() {
            [one] => self.current((*one).clone()).map(Some),
            _ => Ok(None),
        }
    }

    /// The place that a former commune has become part of; any other place itself.
    fn current(&mut self, place: PlaceRow) -> Result<PlaceRow, StoreError> {
        match &place.successor {
            Some(successor) => self.place(&successor.clone()),
            None => Ok(place),
        }
    }
}
