//! Values of options that a reader may write another way than we do.

use std::time::Duration;

use droppoint_trace::{BadCut, Cut};

use droppoint_compare::nearest;

/// A cut, with a hint at what a near miss may have meant.
pub fn cut(text: &str) -> Result<Cut, String> {
    text.parse()
        .map_err(|error: BadCut| near_miss(text).unwrap_or_else(|| error.to_string()))
}

/// A cut of the shared axis, as an embed names it.
///
/// # Errors
/// In words, with a hint at what a near miss may have meant.
pub fn instant(text: &str) -> Result<Cut, String> {
    match text.parse() {
        Ok(cut @ (Cut::Never | Cut::AtOnce | Cut::At { .. })) => Ok(cut),
        _ => Err(near_miss(text).unwrap_or_else(|| {
            format!("`{text}` is no instant: write `at-once`, `none`, or whole milliseconds such as `510ms`")
        })),
    }
}

/// What may have been meant by an invalid cut.
fn near_miss(text: &str) -> Option<String> {
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    match &text[number.len()..] {
        "" if all_digits(number) => Some(format!("a time needs its unit: `{number}ms`")),
        "ms" if all_digits(number) => Some("so late is no instant of any run".into()),
        "s" if all_digits(number) => Some(format!("write milliseconds: `{number}000ms`")),
        _ => nearest(text, ["none", "at-once"]).map(|near| format!("did you mean `{near}`?")),
    }
}

/// A time limit.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text
        .parse()
        .map_err(|_| "a number of seconds is due".to_owned())?;
    if seconds > 0.0 && seconds <= 86_400.0 {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err("more than 0 and at most a day".into())
    }
}
