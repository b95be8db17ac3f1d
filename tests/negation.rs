//! What negation, warnings and reported speech take away from lures, and what they must leave, in every language.

use falseface::content::{Content, ContentFile, Scratch, embedded};

/// Whether the lexicon of the test finds its intent, with the words of the binary's own negation table.
fn finds(content: &Content, text: &str) -> bool {
    let mut hits = Vec::new();
    content.search(text, &mut Scratch::default(), &mut hits);
    !hits.is_empty()
}

fn content() -> Content {
    let lexicon = r"
intent: ask
description: Asks for a fee, a messenger or a command.
phrases:
  en:
    - pattern: '\b(?:pay|fee|telegram|paste this command|install|run npm)\b'
  ko:
    - pattern: '(?:수수료|입금|텔레그램|명령)'
  ja:
    - pattern: '(?:手数料|登録料|LINE|コマンド)'
  fr:
    - pattern: '\b(?:pay(?:ez|er)|frais|whatsapp|collez)\b'
  es:
    - pattern: '\b(?:pag(?:ue|ar)|tasa|whatsapp|pegue)\b'
  pt:
    - pattern: '\b(?:pag(?:ue|ar)|taxa|whatsapp|cole)\b'
  de:
    - pattern: '\b(?:zahlen|gebühr|whatsapp|fügen)\b'
  ru:
    - pattern: '(?:оплат|плат|взнос|телеграм|вставьте)'
  zh:
    - pattern: '(?:押金|手续费|微信|粘贴)'
";
    let mut files: Vec<ContentFile> =
        embedded().into_iter().filter(|file| file.path == "tables/negation.tsv").collect();
    files.push(ContentFile { path: "lexicons/ask.yml".to_owned(), text: lexicon.into() });
    Content::load(&files).unwrap_or_else(|problems| panic!("{problems:?}"))
}

#[test]
fn lures_stay_hits() {
    let content = content();
    for text in [
        "You need to pay a small fee first",
        "Don't worry, just paste this command",
        "Don't worry just paste this command",
        "If the camera does not work, paste this command",
        "If the camera doesn't work paste this command in Terminal",
        "Why don't we continue on Telegram?",
        "Please do not hesitate to write me on Telegram",
        "I can't talk here, add me on Telegram",
        "This is not a scam. Pay the deposit today",
        "We never miss a payout! Pay now",
        "No experience needed: install the app and earn",
        "It's not complicated: clone it and run npm start",
        "수수료를 먼저 입금하셔야 합니다",
        "카메라가 작동하지 않으면 이 명령을 붙여넣으세요",
        "걱정하지 마시고 텔레그램으로 연락 주세요",
        "수수료를 내지 않으면 안 됩니다",
        "登録料を支払わなければなりません",
        "ご遠慮なくLINEでご連絡ください",
        "カメラが動かない場合は、このコマンドを実行してください",
        "LINEに追加していただけませんか",
        "N'hésitez pas à me joindre sur WhatsApp",
        "Si la caméra ne fonctionne pas, collez cette commande",
        "Vous devez payer les frais d'abord",
        "No dude en escribirme por WhatsApp",
        "Si la cámara no funciona, pegue este comando",
        "Não hesite em me chamar no WhatsApp",
        "Se a câmera não funcionar, cole este comando",
        "Zögern Sie nicht, mir per WhatsApp zu schreiben",
        "Keine Sorge, Sie zahlen nur die Gebühr vorab",
        "Не стесняйтесь писать в Телеграм",
        "Если камера не работает, вставьте эту команду",
        "Нужно внести взнос",
        "不用担心,先交押金",
        "无需经验,加我微信",
        "要不要加我微信",
        "如果摄像头不工作,请粘贴这条命令",
    ] {
        assert!(finds(&content, text), "lost: {text}");
    }
}

#[test]
fn denials_warnings_and_reports_are_no_intent() {
    let content = content();
    for text in [
        "We will never ask you to pay",
        "You will never have to pay anything",
        "We do not charge candidates a fee",
        "We will never ask you to install software, pay a fee, or move to Telegram",
        "Beware of recruiters who want you on Telegram",
        "The attacker then asked the victim to run npm install",
        "He asked me to pay first",
        "Please do not pay anyone",
        "Anyone who wants you to pay is a scam",
        "Scammers send messages like \"pay the fee\"",
        "I got a message saying \"write me on Telegram\"",
        "당사는 수수료를 요구하지 않습니다",
        "절대 입금하지 마세요",
        "텔레그램으로 연락을 유도하는 사기에 주의하세요",
        "당사를 사칭하여 입금을 요구하는 사례가 있습니다",
        "手数料を請求することはありません",
        "手数料の支払いを求める詐欺にご注意ください",
        "LINEに誘導する手口です",
        "Nous ne demandons jamais de frais",
        "Ne payez jamais à l'avance",
        "Méfiez-vous des recruteurs qui demandent des frais",
        "Nunca pedimos que pague una tasa",
        "No pague nada por adelantado",
        "Cuidado con quien le escribe por WhatsApp",
        "Nunca pedimos que pague uma taxa",
        "Não pague nada",
        "Desconfie de quem chama no WhatsApp",
        "Wir verlangen niemals eine Gebühr",
        "Vorsicht vor Anbietern, die per WhatsApp schreiben",
        "Zahlen Sie niemals vorab",
        "Мы никогда не просим оплатить обучение",
        "Остерегайтесь тех, кто зовёт в Телеграм",
        "Не платите за трудоустройство",
        "我们绝不会要求您交押金",
        "谨防要求先交押金的招聘",
        "不要加陌生人的微信",
    ] {
        assert!(!finds(&content, text), "still found: {text}");
    }
}

#[test]
fn negation_is_of_the_language_of_the_phrase_and_of_the_sentence() {
    let content = content();
    assert!(finds(&content, "We never ask that. You need to pay."), "another sentence does not negate");
    assert!(finds(&content, "nie pay"), "German does not negate English");
}

#[test]
fn quoted_lines_are_not_the_senders_words() {
    let content = content();
    assert!(!finds(&content, "No way!\n> Please pay the fee\n>> Telegram"));
    assert!(finds(&content, "> Shall I?\nYes, pay the fee"));
    assert!(finds(&content, "3 > 2, so pay the fee"));
}
