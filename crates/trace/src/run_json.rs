//! The first and the last line of a run, and the world in it.

use crate::fields::{Fields, list, map, signed, small, text, unfit};
use crate::json::{Json, serde_by_json};
use crate::{CancelSource, End, Ending, Header, Leftover, Mode, Place, SortedMap, World};

serde_by_json!(End);
serde_by_json!(Leftover);
serde_by_json!(World);

impl Header {
    /// The header as it stands on the wire; `cut` is its cut, as a text.
    pub(crate) fn to_json<'a>(&'a self, cut: &'a str) -> Json<'a> {
        Json::object([
            ("kind", Json::text("run")),
            ("schema", Json::whole(u64::from(self.schema))),
            ("language", Json::text(&self.language)),
            (
                "runtime",
                object(&self.runtime, |version| Json::text(version)),
            ),
            ("scenario", Json::text(&self.scenario)),
            ("variant", Json::text(&self.variant)),
            ("who", Json::text(self.who.word())),
            ("mode", Json::text(self.mode.word())),
            ("cut", Json::text(cut)),
        ])
    }

    /// Reads what is left of a header when its kind was taken.
    pub(crate) fn from_fields(mut fields: Fields<'_>) -> Result<Header, String> {
        let header = Header {
            schema: small("schema", fields.need("schema")?)?,
            language: fields.text("language")?,
            runtime: map("runtime", fields.need("runtime")?, text)?,
            scenario: fields.text("scenario")?,
            variant: fields.text("variant")?,
            who: fields.word("who", CancelSource::of_word)?,
            mode: fields.word("mode", Mode::of_word)?,
            cut: fields
                .text("cut")?
                .parse()
                .map_err(|bad: crate::BadCut| bad.to_string())?,
        };
        fields.done()?;
        Ok(header)
    }
}

impl End {
    /// What there is when the run is over.
    pub fn to_json(&self) -> Json<'_> {
        let mut json = Json::object([]);
        self.add_to(&mut json);
        json
    }

    /// Adds it to an object.
    pub(crate) fn add_to<'a>(&'a self, json: &mut Json<'a>) {
        json.push("ending", Json::text(self.ending.word()));
        json.push("world", self.world.to_json());
        json.push(
            "left",
            Json::List(self.left.iter().map(Leftover::to_json).collect()),
        );
    }

    /// Reads what there is when the run is over.
    ///
    /// # Errors
    /// With what is wrong.
    pub fn from_json(json: Json<'_>) -> Result<End, String> {
        End::from_fields(Fields::of(json)?)
    }

    pub(crate) fn from_fields(mut fields: Fields<'_>) -> Result<End, String> {
        let left = list("left", fields.need("left")?)?;
        let end = End {
            ending: fields.word("ending", Ending::of_word)?,
            world: World::from_json(fields.need("world")?)?,
            left: left
                .into_iter()
                .map(Leftover::from_json)
                .collect::<Result<_, _>>()?,
        };
        fields.done()?;
        Ok(end)
    }
}

impl Leftover {
    /// What lives on.
    pub fn to_json(&self) -> Json<'_> {
        let mut json = Json::object([
            ("what", Json::text(&self.what)),
            ("name", Json::text(&self.name)),
        ]);
        json.push_some("at", self.at.as_deref().map(Json::text));
        json
    }

    /// Reads what lives on.
    ///
    /// # Errors
    /// With what is wrong.
    pub fn from_json(json: Json<'_>) -> Result<Leftover, String> {
        let mut fields = Fields::of(json)?;
        let left = Leftover {
            what: fields.text("what")?,
            name: fields.text("name")?,
            at: fields.text_if("at")?,
        };
        fields.done()?;
        Ok(left)
    }
}

impl World {
    /// The places by name.
    pub fn to_json(&self) -> Json<'_> {
        object(&self.0, Place::to_json)
    }

    /// Reads the places.
    ///
    /// # Errors
    /// With the place and what is wrong with it.
    pub fn from_json(json: Json<'_>) -> Result<World, String> {
        Ok(World(map("world", json, place)?))
    }
}

impl Place {
    /// What is in it, under the kind of place that it is.
    pub fn to_json(&self) -> Json<'_> {
        let state = match self {
            Place::Set(items) => Json::texts(items.iter().map(String::as_str)),
            Place::Queue(items) => Json::texts(items.iter().map(String::as_str)),
            Place::Map(items) => object(items, |value| Json::text(value)),
            Place::Flag(up) => Json::Bool(*up),
            Place::Number(n) => Json::whole(*n),
        };
        Json::object([(self.kind(), state)])
    }
}

fn place(name: &str, json: Json<'_>) -> Result<Place, String> {
    let (kind, state) = match json {
        Json::Object(mut fields) if fields.len() == 1 => fields.remove(0),
        other => return Err(unfit(name, "one kind of place", &other)),
    };
    let items = |state| {
        let items = list(name, state)?.into_iter();
        items.map(|item| text(name, item)).collect::<Result<_, _>>()
    };
    Ok(match (&*kind, state) {
        ("set", state) => {
            let items: Vec<String> = items(state)?;
            Place::Set(items.into_iter().collect())
        }
        ("queue", state) => Place::Queue(items(state)?),
        ("map", state) => Place::Map(map(name, state, text)?),
        ("flag", Json::Bool(up)) => Place::Flag(up),
        ("flag", other) => return Err(unfit(name, "true or false", &other)),
        ("number", state) => Place::Number(signed(name, state)?),
        (kind, _) => return Err(format!("`{name}` is a `{kind}`, and no place is")),
    })
}

fn object<'a, T>(map: &'a SortedMap<String, T>, value: impl Fn(&'a T) -> Json<'a>) -> Json<'a> {
    let mut json = Json::object([]);
    for (name, it) in map {
        json.push(name, value(it));
    }
    json
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;
    use crate::Op;

    /// serde has the words from the names of the variants, the wire has its own.
    fn same<T: Serialize + Copy>(all: &[T], word: fn(T) -> &'static str) {
        for &it in all {
            let by_serde = serde_json::to_value(it).unwrap();
            assert_eq!(by_serde, serde_json::Value::from(word(it)));
        }
    }

    #[test]
    fn the_words_are_those_that_serde_uses() {
        same(CancelSource::ALL, CancelSource::word);
        same(Mode::ALL, Mode::word);
        same(Op::ALL, Op::word);
    }

    #[test]
    fn every_word_is_read_again() {
        assert!(
            Ending::ALL
                .iter()
                .all(|it| Ending::of_word(it.word()) == Some(*it))
        );
        assert!(
            CancelSource::ALL
                .iter()
                .all(|it| CancelSource::of_word(it.word()) == Some(*it))
        );
        assert!(
            Mode::ALL
                .iter()
                .all(|it| Mode::of_word(it.word()) == Some(*it))
        );
        assert!(Op::ALL.iter().all(|it| Op::of_word(it.word()) == Some(*it)));
    }
}
