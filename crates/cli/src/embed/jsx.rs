//! The element for React and MDX.

use super::Embed;
use super::html;
use droppoint_compare::Compared;

/// What JSX takes for an expression, and MDX for emphasis, code or a link.
const MARKUP: &str = "{}*_`~[]\\";

/// The element and what loads it, in one fragment.
pub fn jsx(compared: &Compared<'_>, embed: &Embed) -> String {
    // React loads a script only when it is `async`, and then once for a page.
    format!(
        "<>\n<link rel=\"stylesheet\" href=\"drop-point.css\" />\n{}\
         <script type=\"module\" async src=\"drop-point.js\"></script>\n</>\n",
        harmless(&html::element(compared, embed))
    )
}

/// HTML whose text is nothing but text in MDX and React as well.
pub fn harmless(html: &str) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ => {}
        }
        if !in_tag && MARKUP.contains(c) {
            out += &format!("&#{};", u32::from(c))
        } else {
            out.push(c)
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn text_is_text_and_tags_are_tags() {
        assert_eq!(
            harmless("<td title=\"a_b\">{a} *b* [c](d) &gt;</td>"),
            "<td title=\"a_b\">&#123;a&#125; &#42;b&#42; &#91;c&#93;(d) &gt;</td>"
        );
    }
}
