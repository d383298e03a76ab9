//! How the spans of two attributions relate: overlapping, one within the other, one cut by the other.

use crate::encoder::Attribution;
use crate::text::Span;

/// Whether any of the spans overlaps any of the others.
pub(super) fn touches(a: &[Span], b: &[Span]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.overlaps(*y)))
}

/// Whether source and cue of an attribution stand in what another one says.
pub(super) fn stands_in(inner: &Attribution, around: &Attribution) -> bool {
    inner.cue.iter().chain(&inner.source).all(|part| around.content.iter().any(|content| content.contains(*part)))
}

/// The attribution without the part of it that lies in `span`, which stands before the rest.
pub(super) fn behind(attribution: &Attribution, span: Span) -> Attribution {
    let clip = |parts: &[Span]| {
        let rest = parts.iter().map(|part| if part.overlaps(span) { Span::new(part.end.min(span.end), part.end) } else { *part });
        rest.filter(|part| !part.is_empty()).collect()
    };
    let Attribution { source, cue, content, probability } = attribution;
    Attribution { source: clip(source), cue: clip(cue), content: clip(content), probability: *probability }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_says_the_dateline() {
        let told = Attribution {
            source: vec![Span::new(0, 7)],
            cue: vec![Span::new(40, 44)],
            content: vec![Span::new(2, 30), Span::new(50, 60)],
            probability: 0.5,
        };
        let rest = behind(&told, Span::new(0, 12));
        assert_eq!(
            (rest.source, rest.cue.clone(), rest.content),
            (vec![], told.cue.clone(), vec![Span::new(12, 30), Span::new(50, 60)])
        );
        assert_eq!(behind(&told, Span::default()), told);
    }
}
