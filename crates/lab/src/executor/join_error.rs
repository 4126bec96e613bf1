//! Why a task has no output.

use std::any::Any;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// Why a task has no output: it was aborted, or it panicked. As
/// `tokio::task::JoinError`, which cannot be made outside tokio.
pub struct JoinError(Why);

enum Why {
    Cancelled,
    // A payload is `Send` but not `Sync`; the error is both, as tokio's is.
    Panic(Mutex<Box<dyn Any + Send>>, Option<String>),
}

impl JoinError {
    pub(crate) fn cancelled() -> Self {
        JoinError(Why::Cancelled)
    }

    pub(crate) fn panicked(payload: Box<dyn Any + Send>) -> Self {
        let message = payload
            .downcast_ref::<&'static str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned());
        JoinError(Why::Panic(Mutex::new(payload), message))
    }

    pub(crate) fn panic_message(&self) -> Option<&str> {
        match &self.0 {
            Why::Cancelled => None,
            Why::Panic(_, message) => Some(message.as_deref().unwrap_or("a panic without text")),
        }
    }

    /// Whether the task was aborted, or its runtime was dropped.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.0, Why::Cancelled)
    }

    /// Whether the task panicked.
    pub fn is_panic(&self) -> bool {
        !self.is_cancelled()
    }

    /// The panic's payload, for [`std::panic::resume_unwind`].
    ///
    /// # Panics
    /// When the task did not panic.
    #[track_caller]
    pub fn into_panic(self) -> Box<dyn Any + Send> {
        self.try_into_panic()
            .expect("`JoinError` reason is not a panic.")
    }

    /// The panic's payload, or the error itself when the task did not panic.
    ///
    /// # Errors
    /// When the task did not panic.
    pub fn try_into_panic(self) -> Result<Box<dyn Any + Send>, JoinError> {
        match self.0 {
            Why::Panic(payload, _) => {
                Ok(payload.into_inner().unwrap_or_else(PoisonError::into_inner))
            }
            Why::Cancelled => Err(self),
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl From<tokio::task::JoinError> for JoinError {
    fn from(error: tokio::task::JoinError) -> Self {
        match error.try_into_panic() {
            Ok(payload) => JoinError::panicked(payload),
            Err(_) => JoinError::cancelled(),
        }
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.panic_message() {
            None => f.write_str("task was cancelled"),
            Some(message) => write!(f, "task panicked with message {message:?}"),
        }
    }
}

impl fmt::Debug for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.panic_message() {
            None => f.write_str("JoinError::Cancelled"),
            Some(message) => write!(f, "JoinError::Panic({message:?})"),
        }
    }
}

impl std::error::Error for JoinError {}
