//! For Hugo, whose Markdown drops raw HTML: a shortcode, and the call of it.

use super::{Embed, fallback};
use droppoint_compare::Compared;

/// `layouts/shortcodes/drop-point.html`, once for a site. What a shortcode
/// writes is kept whatever the Markdown renderer may.
pub const SHORTCODE: &str = r#"<link rel="stylesheet" href="{{ relURL "droppoint/drop-point.css" }}">
<drop-point
{{- range $name, $value := .Params }} {{ $name | safeHTMLAttr }}="{{ $value }}"{{ end }}>
{{- .Inner | safeHTML -}}
</drop-point>
<script type="module" src="{{ relURL "droppoint/drop-point.js" }}"></script>
"#;

/// What stands in the text.
pub fn call(compared: &Compared<'_>, embed: &Embed) -> String {
    let mut tag = "{{< drop-point".to_owned();
    for (name, value) in embed.attributes() {
        tag += &format!(" {name}=\"{value}\"");
    }
    format!(
        "{tag} >}}}}{}{{{{< /drop-point >}}}}\n",
        fallback(compared, embed)
    )
}
