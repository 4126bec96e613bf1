//! When a run is cancelled, and the text that names that instant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::MAX_INTEGER;

/// The instant at which a run is cancelled.
///
/// Its text form is the same on the wire, in recordings and on the command
/// line: `none`, `at-once`, `510ms`, `after-effect-2`,
/// `suspension-1-before-wake`, `suspension-1-after-wake`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cut {
    /// The call is made and abandoned in the same breath.
    AtOnce,
    /// At this virtual instant, once nothing is runnable any more.
    At {
        /// Milliseconds of virtual time since the run began.
        ms: u64,
    },
    /// When the caller's future has returned `Pending` for the `k`-th time.
    /// Only Rust has this cut.
    Suspension {
        /// Counted from 1.
        k: u32,
        /// On which side of the wake the future is dropped.
        wake: Wake,
    },
    /// Right after the caller's `n`-th effect on the world. Only runs in real
    /// time have this cut: there no instant can be aimed at.
    AfterEffect {
        /// Counted from 1.
        n: u32,
    },
    /// Never: the program runs to its end.
    Never,
}

/// On which side of the wake a suspended future is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wake {
    /// Right after it returned `Pending`: nothing else has run.
    Before,
    /// What it waits for has happened and it was woken, but not yet polled.
    After,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cut::Never => f.write_str("none"),
            Cut::AtOnce => f.write_str("at-once"),
            Cut::At { ms } => write!(f, "{ms}ms"),
            Cut::AfterEffect { n } => write!(f, "after-effect-{n}"),
            Cut::Suspension {
                k,
                wake: Wake::Before,
            } => write!(f, "suspension-{k}-before-wake"),
            Cut::Suspension {
                k,
                wake: Wake::After,
            } => write!(f, "suspension-{k}-after-wake"),
        }
    }
}

/// An invalid cut.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid cut `{text}`: {why}")]
pub struct BadCut {
    text: String,
    why: &'static str,
}

const FORMS: &str = "write `none`, `at-once`, whole milliseconds such as `510ms`, `after-effect-2`, \
     `suspension-1-before-wake` or `suspension-1-after-wake`";

impl FromStr for Cut {
    type Err = BadCut;

    fn from_str(text: &str) -> Result<Self, BadCut> {
        let bad = |why| BadCut {
            text: text.to_owned(),
            why,
        };
        match text {
            "none" => return Ok(Cut::Never),
            "at-once" => return Ok(Cut::AtOnce),
            _ => {}
        }
        if let Some(ms) = text.strip_suffix("ms") {
            if ms.starts_with('-') {
                return Err(bad("time does not run before 0 ms"));
            }
            let ms = number(ms).ok_or_else(|| bad(FORMS))?;
            if ms > MAX_INTEGER {
                return Err(bad("more than 2^53 - 1 milliseconds"));
            }
            return Ok(Cut::At { ms });
        }
        let counted = |digits: &str| match number(digits).and_then(|n| u32::try_from(n).ok()) {
            Some(0) => Err(bad("counting starts at 1")),
            Some(n) => Ok(n),
            None => Err(bad(FORMS)),
        };
        if let Some(n) = text.strip_prefix("after-effect-") {
            return Ok(Cut::AfterEffect { n: counted(n)? });
        }
        if let Some(rest) = text.strip_prefix("suspension-") {
            if let Some(k) = rest.strip_suffix("-before-wake") {
                return Ok(Cut::Suspension {
                    k: counted(k)?,
                    wake: Wake::Before,
                });
            }
            if let Some(k) = rest.strip_suffix("-after-wake") {
                return Ok(Cut::Suspension {
                    k: counted(k)?,
                    wake: Wake::After,
                });
            }
        }
        Err(bad(FORMS))
    }
}

/// Digits only: `u64::from_str` alone would take a leading `+`.
fn number(digits: &str) -> Option<u64> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

impl Serialize for Cut {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cut {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Cut {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cut".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "When the run is cancelled.",
            "pattern": "^(none|at-once|[0-9]+ms|after-effect-[1-9][0-9]*|suspension-[1-9][0-9]*-(before|after)-wake)$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_survives_the_round_trip() {
        for text in [
            "none",
            "at-once",
            "0ms",
            "510ms",
            "after-effect-2",
            "suspension-1-before-wake",
            "suspension-12-after-wake",
        ] {
            assert_eq!(text.parse::<Cut>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_cut_is_refused_with_the_reason() {
        for (text, why) in [
            ("-5ms", "before 0 ms"),
            ("5", "write `none`"),
            ("+5ms", "write `none`"),
            ("5.5ms", "write `none`"),
            ("9007199254740992ms", "2^53"),
            ("99999999999999999999ms", "write `none`"),
            ("after-effect-0", "starts at 1"),
            ("suspension-1", "write `none`"),
            ("", "write `none`"),
        ] {
            let error = text.parse::<Cut>().unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
