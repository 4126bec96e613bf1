//! Closed sets of words, as they stand on the wire.

/// Gives each variant its word, and each word its variant.
macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $type {
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$($type::$variant),*];

            /// The word on the wire.
            pub fn word(self) -> &'static str {
                match self {
                    $($type::$variant => $word,)*
                }
            }

            /// What a word of the wire stands for.
            pub(crate) fn of_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some($type::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use words;
