//! Phrases that strangers write alike: what texts have in common beside them is what says something.

use super::near_text::{shingles_of_phrase, tokens};
use crate::content::List;
use foldhash::HashSet;

/// Shingles of ordinary phrases.
#[derive(Debug, Default)]
pub(crate) struct OrdinaryPhrases(HashSet<u64>);

impl OrdinaryPhrases {
    /// Takes the phrases of a list apart; without one nothing is ordinary.
    pub(super) fn new(list: Option<&List>) -> Self {
        let phrases = list.into_iter().flat_map(List::values);
        Self(phrases.flat_map(|phrase| shingles_of_phrase(&tokens(phrase)).collect::<Vec<u64>>()).collect())
    }

    /// Whether a shingle is of such a phrase.
    pub(super) fn has(&self, shingle: u64) -> bool {
        self.0.contains(&shingle)
    }
}

#[cfg(test)]
mod tests {
    use super::OrdinaryPhrases;
    use crate::content::{Content, embedded};
    use crate::link::common::{NEAR, REWORDED};
    use crate::link::near_text::{folded, shingles, tokens};
    use crate::link::similarity::jaccard;

    /// How alike two texts are, with and without what strangers write alike.
    fn alike(first: &str, second: &str) -> [f64; 2] {
        let content = Content::load(&embedded()).expect("the content loads");
        let phrases = OrdinaryPhrases::new(content.list("ordinary-phrases"));
        [true, false].map(|leaves_out| {
            let of = |text| shingles(&tokens(folded(text).as_str()), |one| leaves_out && phrases.has(one));
            jaccard(&of(first).expect("says enough"), &of(second).expect("says enough"))
        })
    }

    #[test]
    fn strangers_who_write_what_everybody_writes_are_not_alike() {
        let stock = "Results driven professional with a proven track record of success, strong analytical and problem \
                     solving skills and excellent verbal and written communication skills. Open to new opportunities, \
                     please do not hesitate to contact me.";
        let first = format!("I keep railway signals running at night and teach apprentices. {stock}");
        let second = format!("Bookkeeper for two bakeries, weekends on the water. {stock}");
        let [without, with] = alike(&first, &second);
        assert!(with >= NEAR.0 && without < REWORDED.0, "{with} with ordinary phrases, {without} without");
    }

    #[test]
    fn one_text_is_alike_however_ordinary_its_phrases_are() {
        let text = "I am a full stack developer with years of experience in harbour cranes, and I am passionate about \
                    winches, their ropes and what the salt does to both of them over a winter in the north.";
        let [without, with] = alike(text, &text.replace("winter", "summer"));
        assert!(without >= 0.8 && with >= 0.8, "{with} with ordinary phrases, {without} without");
    }
}
