//! The fields of an object, taken out one by one; whatever nobody took is an
//! error.

use std::borrow::Cow;

use crate::SortedMap;
use crate::json::Json;

/// The fields that were not taken yet.
pub(crate) struct Fields<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Fields<'a> {
    /// Those of an object.
    pub(crate) fn of(json: Json<'a>) -> Result<Self, String> {
        match json {
            Json::Object(fields) => Ok(Fields(fields)),
            other => Err(format!("expected an object, not {}", other.kind())),
        }
    }

    /// A field, if it is there; `null` is nothing.
    pub(crate) fn take(&mut self, name: &str) -> Option<Json<'a>> {
        let at = self.0.iter().position(|(there, _)| there == name)?;
        Some(self.0.remove(at).1).filter(|value| *value != Json::Null)
    }

    /// A field that must be there.
    pub(crate) fn need(&mut self, name: &str) -> Result<Json<'a>, String> {
        self.take(name)
            .ok_or_else(|| format!("missing field `{name}`"))
    }

    /// A text that must be there.
    pub(crate) fn text(&mut self, name: &str) -> Result<String, String> {
        text(name, self.need(name)?)
    }

    /// A text, if it is there.
    pub(crate) fn text_if(&mut self, name: &str) -> Result<Option<String>, String> {
        self.take(name).map(|value| text(name, value)).transpose()
    }

    /// A number from 0 on that must be there.
    pub(crate) fn whole(&mut self, name: &str) -> Result<u64, String> {
        whole(name, self.need(name)?)
    }

    /// A word of a closed set that must be there.
    pub(crate) fn word<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, String> {
        let word = self.text(name)?;
        read(&word).ok_or_else(|| format!("`{name}` is `{word}`, which it cannot be"))
    }

    /// The first field that nobody took.
    pub(crate) fn left_over(&self) -> Option<&str> {
        self.0.first().map(|(name, _)| &**name)
    }

    /// Whether all were taken.
    pub(crate) fn done(self) -> Result<(), String> {
        match self.left_over() {
            Some(name) => Err(format!("unknown field `{name}`")),
            None => Ok(()),
        }
    }
}

/// A text; `name` is its name in a message.
pub(crate) fn text(name: &str, value: Json<'_>) -> Result<String, String> {
    match value {
        Json::Text(text) => Ok(text.into_owned()),
        other => Err(unfit(name, "a text", &other)),
    }
}

/// A number from 0 on.
pub(crate) fn whole(name: &str, value: Json<'_>) -> Result<u64, String> {
    match value {
        Json::Whole(n) if !n.negative => Ok(n.size),
        other => Err(unfit(name, "a whole number from 0 on", &other)),
    }
}

/// A number from 0 on that fits into 32 bits.
pub(crate) fn small(name: &str, value: Json<'_>) -> Result<u32, String> {
    u32::try_from(whole(name, value)?).map_err(|_| format!("`{name}` is too large"))
}

/// A whole number.
pub(crate) fn signed(name: &str, value: Json<'_>) -> Result<i64, String> {
    match value {
        Json::Whole(n) => n.signed().ok_or_else(|| format!("`{name}` is too large")),
        other => Err(unfit(name, "a whole number", &other)),
    }
}

/// A list.
pub(crate) fn list<'a>(name: &str, value: Json<'a>) -> Result<Vec<Json<'a>>, String> {
    match value {
        Json::List(items) => Ok(items),
        other => Err(unfit(name, "a list", &other)),
    }
}

/// An object whose names are free.
pub(crate) fn map<'a, T>(
    name: &str,
    value: Json<'a>,
    read: impl Fn(&str, Json<'a>) -> Result<T, String>,
) -> Result<SortedMap<String, T>, String> {
    match value {
        Json::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| Ok((key.clone().into_owned(), read(&key, value)?)))
            .collect(),
        other => Err(unfit(name, "an object", &other)),
    }
}

pub(crate) fn unfit(name: &str, wanted: &str, found: &Json<'_>) -> String {
    match found {
        Json::Whole(_) | Json::Number(_) => format!("`{name}` must be {wanted}, not {found}"),
        other => format!("`{name}` must be {wanted}, not {}", other.kind()),
    }
}
