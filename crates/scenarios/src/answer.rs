//! What a caller is told of what a program returned.

use std::fmt::Display;

use droppoint_trace::Answer;

/// What a program returns.
pub(crate) trait IntoAnswer {
    /// A value or an error, in words.
    fn into_answer(self) -> Answer;
}

impl IntoAnswer for () {
    fn into_answer(self) -> Answer {
        Answer::Value(String::new())
    }
}

impl IntoAnswer for u32 {
    fn into_answer(self) -> Answer {
        Answer::Value(self.to_string())
    }
}

impl IntoAnswer for &str {
    fn into_answer(self) -> Answer {
        Answer::Value(self.to_owned())
    }
}

impl<T: IntoAnswer, E: Display> IntoAnswer for Result<T, E> {
    fn into_answer(self) -> Answer {
        match self {
            Ok(value) => value.into_answer(),
            Err(error) => Answer::Error(error.to_string()),
        }
    }
}

/// Puts a value into the words around it, at `{}`.
pub(crate) async fn filled_in(
    words: &str,
    answer: impl Future<Output = Answer>,
) -> Answer {
    match answer.await {
        Answer::Value(value) => {
            Answer::Value(words.replace("{}", &value))
        }
        error => error,
    }
}
