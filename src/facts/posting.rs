//! Job adverts.

use super::catalogue::Field;
use super::category::Category;
use super::contact::mail_class;
use super::context::Context;
use super::domains;
use super::element::{ElementsBuilder, Origin, Value};
use super::employers::organisation_domain;
use super::links;
use super::mails;
use super::texts::TextOf;
use crate::dossier::{JobPost, Path, PayPeriod, Place, Text};
use std::ops::Range;

/// What the adverts say of the person as a whole: nothing that other files do not say.
pub(crate) fn dossier<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}

/// Each advert.
pub(crate) fn elements<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    for (index, post) in ctx.dossier.job_posts.iter().enumerate() {
        texts(ctx, builder, index, post);
        employer(ctx, builder, index, post);
        contact(ctx, builder, index, post);
        if let Some(remote) = post.remote {
            let origin = Origin::read(Place::whole(Path::at("/job_posts/*/remote", index)));
            builder.flag(Field::JobPostRemote, remote, origin);
        }
        if let Some(pay) = pay_per_day(post) {
            let origin = Origin::derived(Place::whole(Path::at("/job_posts/*/pay", index)));
            builder.number(Field::JobPostPayPerDay, pay, origin);
        }
        pay_to_usual(ctx, builder, index, post);
        builder.element(Category::JobPost, Path::at("/job_posts/*", index));
    }
}

fn texts<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, post: &'d JobPost) {
    let parts: [(Field, &'static str, &'d Option<Text>, TextOf); 4] = [
        (Field::JobPostTitle, "/job_posts/*/title", &post.title, TextOf::JobPostTitle(index)),
        (Field::JobPostText, "/job_posts/*/text", &post.text, TextOf::JobPostText(index)),
        (
            Field::JobPostRequirements,
            "/job_posts/*/requirements",
            &post.requirements,
            TextOf::JobPostRequirements(index),
        ),
        (Field::JobPostBenefits, "/job_posts/*/benefits", &post.benefits, TextOf::JobPostBenefits(index)),
    ];
    for (field, template, text, slot) in parts {
        if let Some(text) = text {
            let path = Path::at(template, index);
            builder.text(field, text.0.as_str(), path);
            ctx.say_intents(builder, Field::JobPostIntent, path, ctx.texts.of(slot));
        }
    }
    if post.text.is_some() {
        let words: usize = [&post.text, &post.requirements].into_iter().flatten().map(|text| words_of(text)).sum();
        let origin = Origin::derived(Place::whole(Path::at("/job_posts/*/text", index)));
        builder.number(Field::JobPostWords, words as f64, origin);
    }
}

/// Words of a text. Where a script writes no spaces, two letters count as a word, so that no language is the shorter.
fn words_of(text: &str) -> usize {
    let mut words = 0;
    let mut unspaced = 0;
    let mut inside = false;
    for letter in text.chars() {
        if matches!(letter, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}') {
            unspaced += 1;
            inside = false;
        } else if letter.is_alphanumeric() {
            words += usize::from(!inside);
            inside = true;
        } else if letter.is_whitespace() {
            inside = false;
        }
    }
    words + usize::div_ceil(unspaced, 2)
}

fn employer<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, post: &'d JobPost) {
    let name = Path::at("/job_posts/*/employer/name", index);
    let key = post.employer.name.as_deref().map(|name| ctx.knowledge.employers.key(name));
    if let Some(key) = &key {
        builder.flag(Field::JobPostEmployerNamed, !key.is_empty(), Origin::derived(Place::whole(name)));
    }
    let key = key.unwrap_or_default();
    let domain = organisation_domain(&post.employer, ctx.knowledge);
    if key.is_empty() && domain.is_none() {
        return;
    }
    builder.known(Field::JobPostEmployerListed);
    let host = domain.as_ref().map(|(domain, _)| domain.as_ref());
    for list in ctx.knowledge.employers.listed(&key, host) {
        builder.fact(Field::JobPostEmployerListed, Value::Text(list.into()), Origin::derived(Place::whole(name)));
    }
    let Some(title) = &post.title else { return };
    for (position, organisation) in ctx.dossier.organisations.iter().enumerate() {
        let Some(openings) = &organisation.listed_openings else { continue };
        let same_name = organisation
            .name
            .as_deref()
            .is_some_and(|name| !key.is_empty() && ctx.knowledge.employers.key(name) == key);
        let same_domain = domain.is_some()
            && organisation_domain(organisation, ctx.knowledge).map(|own| own.0)
                == domain.as_ref().map(|own| own.0.clone());
        if same_name || same_domain {
            let is_listed = openings.iter().any(|opening| is_same_title(title, opening));
            let list = Path::at("/organisations/*/listed_openings", position);
            let title = Path::at("/job_posts/*/title", index);
            let origin = Origin::derived_from([Place::whole(title), Place::whole(list)]);
            builder.flag(Field::JobPostOnEmployerList, is_listed, origin);
            return;
        }
    }
}

/// Whether two titles have the same words, or one has all the words of the other.
fn is_same_title(first: &str, second: &str) -> bool {
    let words = |title: &str| -> Vec<String> {
        let words = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (first, second) = (words(first), words(second));
    let holds = |all: &[String], some: &[String]| !some.is_empty() && some.iter().all(|word| all.contains(word));
    holds(&first, &second) || holds(&second, &first)
}

fn contact<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, post: &'d JobPost) {
    let mail = post.contact_email.as_deref().and_then(domains::mail_host);
    let mail_path = Path::at("/job_posts/*/contact_email", index);
    if let Some(host) = &mail {
        builder.text(Field::JobPostContactMailClass, mail_class(ctx, host), mail_path);
    }
    if mail.is_none()
        && let Some(text) = &post.text
        && let Some((host, span)) = first_mail(text)
    {
        let place = Place::part(Path::at("/job_posts/*/text", index), span.start, span.end);
        let class = Value::Text(mail_class(ctx, &host).into());
        builder.fact(Field::JobPostContactMailClass, class, Origin::derived(place));
    }
    let mut imitated: Option<(String, Place)> = None;
    let mut note = |of: &str, place: Place| {
        if imitated.is_none() {
            imitated = Some((of.to_owned(), place));
        }
    };
    if let Some(imitation) = mail.as_deref().and_then(|host| ctx.employers.imitated(host, ctx.knowledge))
        && !imitation.kinds.only_suffix()
    {
        note(imitation.of, Place::whole(mail_path));
    }
    let at = post.posted_at.unwrap_or(ctx.reference);
    let mut looked = mail.is_some();
    let mut classify = |builder: &mut ElementsBuilder<'d>, url: &str, host: &str, place: Place| {
        looked = true;
        let (class, imitation) = links::classify(url, host, at, ctx.dossier, ctx.knowledge, &ctx.employers);
        for word in class.words() {
            builder.fact(Field::JobPostApplyLinkClass, Value::Text(word.into()), Origin::derived(place));
        }
        if let Some(imitation) = imitation {
            note(imitation.of, place);
        }
    };
    if let Some(url) = post.apply_url.as_deref()
        && let Some(host) = domains::host(url)
    {
        classify(builder, url, &host, Place::whole(Path::at("/job_posts/*/apply_url", index)));
    }
    if let Some(text) = &post.text {
        builder.known(Field::JobPostApplyLinkClass);
        links::find(text, |found| {
            let place = Place::part(Path::at("/job_posts/*/text", index), found.span.start, found.span.end);
            classify(builder, &text[found.span], &found.host, place);
        });
    }
    if looked {
        builder.known(Field::JobPostContactLookalikeOf);
    }
    if let Some((of, place)) = imitated {
        builder.fact(Field::JobPostContactLookalikeOf, Value::Text(of.into()), Origin::derived(place));
    }
}

/// The host of the first mail address in a text, and where the address stands.
fn first_mail(text: &str) -> Option<(String, Range<usize>)> {
    let span = mails::find(text).next()?;
    Some((domains::mail_host(&text[span.clone()])?.into_owned(), span))
}

/// The greatest pay that the advert names, against what the simple work in its title is usually paid.
fn pay_to_usual<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, post: &'d JobPost) {
    let pay = &ctx.knowledge.pay;
    let Some(usual) = post.title.as_deref().and_then(|title| pay.usual(title)) else { return };
    let stated = post.pay.as_ref().and_then(|stated| pay.yearly(stated));
    let stated = stated.map(|yearly| (yearly, Place::whole(Path::at("/job_posts/*/pay", index))));
    let texts: [(&'static str, &Option<Text>); 4] = [
        ("/job_posts/*/title", &post.title),
        ("/job_posts/*/text", &post.text),
        ("/job_posts/*/requirements", &post.requirements),
        ("/job_posts/*/benefits", &post.benefits),
    ];
    let named = texts.into_iter().filter_map(|(template, text)| {
        let (yearly, span) = pay.named(text.as_deref()?)?;
        Some((yearly, Place::part(Path::at(template, index), span.start, span.end)))
    });
    let greatest = stated.into_iter().chain(named).reduce(|most, next| if next.0 > most.0 { next } else { most });
    if let Some((yearly, place)) = greatest {
        let title = Place::whole(Path::at("/job_posts/*/title", index));
        builder.number(Field::JobPostPayToUsual, yearly / usual, Origin::derived_from([place, title]));
    }
}

/// Greatest pay for a day, at 8 hours a day and 5, 21 and 250 days of work a week, month and year.
fn pay_per_day(post: &JobPost) -> Option<f64> {
    let pay = post.pay.as_ref()?;
    let amount = pay.max.or(pay.min)?;
    let days = match pay.period? {
        PayPeriod::Hour => 1.0 / 8.0,
        PayPeriod::Day => 1.0,
        PayPeriod::Week => 5.0,
        PayPeriod::Month => 21.0,
        PayPeriod::Year => 250.0,
    };
    Some(amount / days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_alike_in_every_script() {
        assert_eq!(words_of("We are hiring, now!"), 4);
        assert_eq!(words_of("지금 채용 중입니다"), 3);
        assert_eq!(words_of("正在招聘"), 2);
        assert_eq!(words_of(""), 0);
    }

    #[test]
    fn titles_agree_without_their_additions() {
        assert!(is_same_title("Senior Rust Engineer (m/f/d)", "senior rust engineer"));
        assert!(!is_same_title("Senior Rust Engineer", "Senior Accountant"));
    }

    use crate::facts::tests::{values, with_facts};
    use serde_json::json;

    #[test]
    fn an_advert_says_where_it_leads_and_what_it_pays() {
        let dossier = json!({
            "job_posts": [{
                "title": "Junior Rust Engineer", "text": "Apply at https://shrt.example/x today.",
                "employer": {"name": "Northwind Aero"}, "remote": true,
                "contact_email": "hr@northwind-careers.example", "apply_url": "https://jobs.northwind.example/1",
                "pay": {"min": 20.0, "max": 30.0, "period": "hour"},
            }],
            "organisations": [{"name": "Northwind Aero Ltd", "listed_openings": ["Accountant", "Senior Welder"]}],
        });
        with_facts(dossier, |elements| {
            let get = |field| values(elements, Category::JobPost, 0, field).map(|found| found.join(" "));
            for (field, expected) in [
                (Field::JobPostRemote, "true"),
                (Field::JobPostEmployerNamed, "true"),
                (Field::JobPostEmployerListed, ""),
                (Field::JobPostContactMailClass, "other"),
                (Field::JobPostContactLookalikeOf, "northwind.example"),
                (Field::JobPostApplyLinkClass, "employer shortener"),
                (Field::JobPostOnEmployerList, "false"),
                (Field::JobPostPayPerDay, "240"),
            ] {
                assert_eq!(get(field).as_deref(), Some(expected), "{field:?}");
            }
        });
    }

    #[test]
    fn an_address_in_the_advert_counts_where_none_is_given_apart() {
        assert_eq!(
            first_mail("Schreiben Sie an „jobs@acme.example“.").map(|found| found.0).as_deref(),
            Some("acme.example")
        );
        assert_eq!(first_mail("Find us @acme or at 5 @ noon"), None);
    }

    #[test]
    fn what_an_advert_does_not_say_is_unknown() {
        with_facts(json!({"job_posts": [{"title": "Welder"}]}), |elements| {
            for field in [
                Field::JobPostWords,
                Field::JobPostEmployerNamed,
                Field::JobPostApplyLinkClass,
                Field::JobPostContactLookalikeOf,
                Field::JobPostOnEmployerList,
                Field::JobPostPayPerDay,
                Field::JobPostRemote,
            ] {
                assert_eq!(values(elements, Category::JobPost, 0, field), None, "{field:?}");
            }
        });
    }
}
