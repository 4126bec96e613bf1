//! Contracts as Rust expressions. A field that is missing here is an error of
//! the compiler, in the file that this makes.

use droppoint_judge::{
    ConservedWords, Contract, EqualWords, Invariant, PlaceSpec, Step, Variant, Words,
};

/// An expression for all of them, in which `s` makes a `String` of a `&str`.
pub(crate) fn contracts(contracts: &[Contract]) -> String {
    list(contracts, contract)
}

fn contract(it: &Contract) -> String {
    let Contract {
        id,
        title,
        question,
        about,
        group,
        start_here,
        who,
        event,
        caller,
        probes,
        others,
        process,
        real,
        suspensions,
        horizon_ms,
        steps,
        places,
        invariants,
        variants,
        reading,
    } = it;
    assert!(reading.is_empty(), "a page has the reading from elsewhere");
    let places: Vec<_> = places.iter().collect();
    format!(
        "Contract {{ id: {}, title: {}, question: {}, about: {}, group: Group::{group:?}, \
         start_here: {start_here}, who: CancelSource::{who:?}, event: {}, \
         caller: {}, probes: {}, others: {}, process: {process}, real: {real}, \
         suspensions: {suspensions}, horizon_ms: {horizon_ms:?}, steps: {}, \
         places: {}.into_iter().collect(), invariants: {}, variants: {}, reading: Vec::new() }}",
        text(id),
        text(title),
        text(question),
        text(about),
        option(event, |event| text(event)),
        text(caller),
        list(probes, |probe| text(probe)),
        list(others, |other| text(other)),
        list(steps, step),
        list(&places, |(name, spec)| format!(
            "({}, {})",
            text(name),
            place(spec)
        )),
        list(invariants, invariant),
        list(variants, variant),
    )
}

fn step(Step { n, title, doing }: &Step) -> String {
    format!(
        "Step {{ n: {n}, title: {}, doing: {} }}",
        text(title),
        text(doing)
    )
}

fn place(
    PlaceSpec {
        kind,
        noun,
        about,
        arrives,
        leaves,
        registration,
    }: &PlaceSpec,
) -> String {
    format!(
        "PlaceSpec {{ kind: PlaceKind::{kind:?}, noun: {}, about: {}, arrives: {}, leaves: {}, \
         registration: {registration} }}",
        option(noun, |noun| text(noun)),
        text(about),
        option(arrives, |arrives| text(arrives)),
        option(leaves, |leaves| text(leaves)),
    )
}

fn variant(it: &Variant) -> String {
    let Variant {
        language,
        name,
        about,
        declares,
        faulty_steps,
        lesson,
        in_page,
        blocks_thread,
        random,
    } = it;
    assert!(random.is_empty(), "a page knows by digest what may come up");
    format!(
        "Variant {{ language: Language::{language:?}, name: {}, about: {}, \
         declares: Declares::{declares:?}, faulty_steps: vec!{faulty_steps:?}, lesson: {}, \
         in_page: {in_page}, blocks_thread: {blocks_thread}, random: Vec::new() }}",
        text(name),
        text(about),
        option(lesson, |lesson| text(lesson)),
    )
}

fn invariant(it: &Invariant) -> String {
    let fields = match it {
        Invariant::Ends { words } => format!("Ends {{ words: {} }}", some_words(words)),
        Invariant::WaitsAtMost {
            ms,
            grants,
            of,
            words,
        } => format!(
            "WaitsAtMost {{ ms: {ms:?}, grants: {grants:?}, of: {}, words: {} }}",
            option(of, |of| text(of)),
            some_words(words),
        ),
        Invariant::Conserved {
            whole,
            parts,
            words,
        } => {
            let ConservedWords {
                lost,
                twice,
                from_nowhere,
            } = words;
            format!(
                "Conserved {{ whole: {}, parts: {}, words: ConservedWords {{ lost: {}, twice: {}, \
                 from_nowhere: {} }} }}",
                list(whole, |place| text(place)),
                list(parts, |place| text(place)),
                some_words(lost),
                some_words(twice),
                some_words(from_nowhere),
            )
        }
        Invariant::Empty { place, words } => {
            format!(
                "Empty {{ place: {}, words: {} }}",
                text(place),
                some_words(words)
            )
        }
        Invariant::Equal {
            places: [first, second],
            words,
        } => {
            let EqualWords {
                only_first,
                only_second,
                differ,
            } = words;
            format!(
                "Equal {{ places: [{}, {}], words: EqualWords {{ only_first: {}, only_second: {}, \
                 differ: {} }} }}",
                text(first),
                text(second),
                some_words(only_first),
                some_words(only_second),
                some_words(differ),
            )
        }
        Invariant::AtMost {
            place,
            limit,
            words,
        } => format!(
            "AtMost {{ place: {}, limit: {limit}, words: {} }}",
            text(place),
            some_words(words),
        ),
        Invariant::Sum {
            places,
            total,
            words,
        } => format!(
            "Sum {{ places: {}, total: {total}, words: {} }}",
            list(places, |place| text(place)),
            some_words(words),
        ),
        Invariant::Whole {
            place,
            known,
            words,
        } => format!(
            "Whole {{ place: {}, known: {}, words: {} }}",
            text(place),
            text(known),
            some_words(words),
        ),
    };
    format!("Invariant::{fields}")
}

fn some_words(words: &Option<Words>) -> String {
    option(words, |Words { short, long }| {
        format!("Words {{ short: {}, long: {} }}", text(short), text(long))
    })
}

fn text(text: impl AsRef<str>) -> String {
    // What `Debug` writes is what Rust reads.
    format!("s({:?})", text.as_ref())
}

fn option<T>(it: &Option<T>, emit: impl Fn(&T) -> String) -> String {
    match it {
        Some(it) => format!("Some({})", emit(it)),
        None => "None".to_owned(),
    }
}

fn list<T>(items: &[T], emit: impl Fn(&T) -> String) -> String {
    let items: Vec<String> = items.iter().map(emit).collect();
    format!("vec![{}]", items.join(",\n"))
}
