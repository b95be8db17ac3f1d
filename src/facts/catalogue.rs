//! Every field that a rule may name, in one table.
//!
//! What is not here cannot be judged: there is no field for nationality, ethnicity, a name by itself,
//! a spoken language, the language of a text, or a country. Countries, names and zones appear only as
//! agreements and contradictions between two statements about the same person.
//! The page `docs/facts.md`, the checks of rules and the JSON of `falseface facts` follow from this table.

use super::category::Category;

/// What kind of value a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word or an identifier, compared as a whole.
    Word,
    /// Free text, searched by keyword lists too.
    Prose,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// A date.
    Date,
}

/// What a rule author may know of a field.
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// The field itself.
    pub field: Field,
    /// The name in rules: `message.intent`.
    pub name: &'static str,
    /// The elements that carry it; `dossier` fields are seen by every element.
    pub category: Category,
    /// What kind of value.
    pub kind: Kind,
    /// Whether an element may have several values.
    pub list: bool,
    /// What it says, with units.
    pub doc: &'static str,
}

macro_rules! catalogue {
    (@kind Words) => { (Kind::Word, true) };
    (@kind Word) => { (Kind::Word, false) };
    (@kind Prose) => { (Kind::Prose, false) };
    (@kind Number) => { (Kind::Number, false) };
    (@kind Flag) => { (Kind::Flag, false) };
    (@kind Date) => { (Kind::Date, false) };
    ($( $category:ident { $( $variant:ident $name:literal $kind:ident $doc:literal )* } )*) => {
        /// A field that a rule may name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum Field { $( $( #[doc = $doc] $variant, )* )* }

        /// Every field, in the order of [`Field`].
        pub const CATALOGUE: &[FieldSpec] = &[ $( $( FieldSpec {
            field: Field::$variant,
            name: $name,
            category: Category::$category,
            kind: catalogue!(@kind $kind).0,
            list: catalogue!(@kind $kind).1,
            doc: $doc,
        }, )* )* ];
    };
}

catalogue! {
    Dossier {
        SubjectRole "subject.role" Word "In what capacity the person appears: candidate, contractor, employee, recruiter, counterparty."
        SubjectHeadline "subject.headline" Prose "The line under the name."
        SubjectAbout "subject.about" Prose "The self-description."
        SubjectIntent "subject.intent" Words "What headline, self-description and job titles say, as lexicon intents."
        SubjectDeclares "subject.declares" Words "What the person stated openly: alias, agency, subcontractor, vpn, travel, address, payee, second_job, in_house, accommodation. Known to be nothing only where the export covers declarations."
        SubjectHasLocation "subject.has_location" Flag "Whether the claimed place is known to the place table; unknown where none is claimed."
        SubjectMailClass "subject.mail_class" Words "Classes of the person's mail addresses, in contacts and as sender: employer, agency, free, disposable, relay, other."
        SubjectNameArtifactsDisagree "subject.name_artifacts_disagree" Number "Number of artefacts (account names, senders, meeting names, documents, authors of repositories with one author) whose full name has nothing in common with any name that the person gave or declared; the same name on one kind of artefact counts once. Unknown where none can be compared."
        SubjectAddressesUnderTwoNames "subject.addresses_under_two_names" Number "Number of mail addresses or handles from which the person wrote under two names that have nothing in common, where not both were given or declared. Shared mailboxes (of an employer, an agency, a recruiting system, or named for applications) are left out. Unknown where no sender bears a name."
        SubjectNameChanges "subject.name_changes" Number "Number of recorded changes of the display name to one that has nothing in common with the one before, where not both were given or declared."
        SubjectEmployerDomains "subject.employer_domains" Words "Registrable domains of the employers that the person names."
        SubjectEmployersClaimed "subject.employers_claimed" Number "Number of different employers on whose behalf the person says they write."
        SubjectRecruitingMonths "subject.recruiting_months" Number "Months of claimed employment under a recruiting title, at least. Unknown where such a job has no dates or no job has a title."
        SubjectCareerMonths "subject.career_months" Number "Months from the first claimed job to now, at least."
        SubjectSkillCount "subject.skill_count" Number "Number of claimed skills."
        SubjectFullTimeOverlaps "subject.full_time_overlaps" Number "Pairs of full-time jobs at different employers that certainly overlap by more than three months. Jobs of unknown kind are left out."
        SubjectEmployersUnverified "subject.employers_unverified" Number "Employers that an analyst found in no register. Unknown where none was looked for."
        SubjectViewsDisagree "subject.views_disagree" Words "Fields on which further sources contradict the profile: location (another country), headline (other work, by the table of titles)."
        SubjectEmploymentConflicts "subject.employment_conflicts" Number "Employers of whom two sources give different dates (six months or more, certainly) or titles (other work). Unknown where no two sources name one employer."
        SubjectSourcesDisagree "subject.sources_disagree" Number "All contradictions between sources: employers, schools, and the claimed country. Unknown where nothing can be compared."
        SubjectExperienceBeforeEducationMonths "subject.experience_before_education_months" Number "Months by which the years of experience that headline, self-description or résumé claim exceed the time since the first studies or job began, at least. Unknown where any of them has no start."
        SubjectPhotoFoundUnderOtherName "subject.photo_found_under_other_name" Flag "Whether a reverse search found the portrait beside a full name that has nothing in common with the person's."
        SubjectPhotoStock "subject.photo_stock" Flag "Whether the portrait was found in a stock library."
        SubjectPhotoGenerator "subject.photo_generator" Words "Image generators and face-swap programs of the list that the file name or address of a portrait names."
        SubjectStaffNameOtherContact "subject.staff_name_other_contact" Flag "Whether the person bears the name of a published member of the named employer's staff, but writes from a contact that is neither theirs nor at the employer's domain."
        SubjectReferencesFreeMail "subject.references_free_mail" Number "References who speak for a company but can be reached only at free or disposable mail addresses."
        SubjectReferencesShareContact "subject.references_share_contact" Number "References who share a mail address, phone or messenger handle with the subject or with another reference."
        SubjectReferenceDomainYoung "subject.reference_domain_young" Number "References whose mail domain is younger than a year, by the analyst's enrichment."
        SubjectPayees "subject.payees" Number "Number of different payees."
        SubjectUndeclaredPayees "subject.undeclared_payees" Number "Payees that are neither the person nor declared nor named on a contract or invoice."
        SubjectPaymentChanges60Days "subject.payment_changes_60_days" Number "Greatest number of changes to a payout account not seen before within 60 days."
        SubjectContactChanges60Days "subject.contact_changes_60_days" Number "Greatest number of new mail addresses or phones within 60 days: dated contacts after the first of their kind, or recorded changes of an account, whichever is more."
        SubjectVpnShare "subject.vpn_share" Number "Share of sign-ins through a recognised VPN, 0 to 1."
        SubjectVpnDrops "subject.vpn_drops" Number "Times a session of the same device or account went, within an hour, between a VPN and a plain address in a country that is not the claimed one."
        SubjectElsewhereShare "subject.elsewhere_share" Number "Share of plain sign-ins from another country than the claimed one, travel declared at that time left out, 0 to 1."
        SubjectDeliveriesElsewhereShare "subject.deliveries_elsewhere_share" Number "Share of plain deliveries (no recognised VPN, no hosting network) from another country than the claimed one, travel declared at that time left out, 0 to 1."
        SubjectDeviceLoginApartDays "subject.device_login_apart_days" Number "Days in which both a managed device and plain sign-ins were seen without a country common to them; 0 if they ever met."
        SubjectCountries24Hours "subject.countries_24_hours" Number "Greatest number of countries of plain sign-ins (no recognised VPN, no hosting network) within 24 hours."
        SubjectImpossibleTravels "subject.impossible_travels" Number "Pairs of plain sign-ins in different countries less than two hours apart."
        SubjectLongestActiveHours "subject.longest_active_hours" Number "Longest stretch of hours with a sign-in in every hour."
        SubjectCameraRefusals "subject.camera_refusals" Number "Calls or interviews with the camera refused or off."
        SubjectMeetingsAvoided "subject.meetings_avoided" Number "Meetings, interviews or on-site appointments declined or missed."
        SubjectRemoteAccessTools "subject.remote_access_tools" Words "Remote-control products or hardware seen on the person's device."
        SubjectShippingAddresses "subject.shipping_addresses" Number "Number of different shipping addresses."
        SubjectCommitAuthorNames "subject.commit_author_names" Number "Different author names on commits in the person's own repositories that do not agree with each other."
        SubjectReposBeforeAccount "subject.repos_before_account" Number "Repositories whose first commit is 90 days or more before the account of that host was opened."
        SubjectMessageChannels "subject.message_channels" Words "Channels on which the person wrote."
        SubjectMessagesSent "subject.messages_sent" Number "Messages that the person wrote."
        SubjectRecommendationsReceived "subject.recommendations_received" Number "Recommendations received."
        SubjectDefenceEmployer "subject.defence_employer" Flag "Whether the person says they write for or work at a company in the table of defence primes."
        SubjectAnalystNoteIntent "subject.note_intent" Words "What observers' notes say, as lexicon intents."
        FindingRule "finding.rule" Words "Names of the rules that have hit; only for combinations."
    }
    Account {
        AccountNetwork "account.network" Word "The network."
        AccountStatus "account.status" Word "active, closed or restricted."
        AccountAgeDays "account.age_days" Number "Days from the account's opening to the person's first message, or to now if there is none, at most."
        AccountConnections "account.connections" Number "Connections; unknown where the number is a display limit."
        AccountFollowers "account.followers" Number "Followers."
        AccountFollowing "account.following" Number "Accounts followed."
        AccountPosts "account.posts" Number "Posts."
        AccountVerification "account.verification" Words "What the network verified: identity, workplace, email, phone, payment."
        AccountChangedFields30Days "account.changed_fields_30_days" Number "Greatest number of different profile fields that changed within 30 days."
        AccountChangedFields90Days "account.changed_fields_90_days" Words "Other fields that changed within 90 days of a change of name as in subject.name_changes."
        AccountNameChanges "account.name_changes" Number "Changes of the display name."
        AccountNameAgrees "account.name_agrees" Flag "Whether a name shown on this account, or where none is shown its handle, agrees with a name that the person gave."
        AccountHandleAgrees "account.handle_agrees" Flag "Whether a person's name in the account's handle agrees with a name the person gave; unknown if it bears none."
        AccountFollowsRestricted "account.follows_restricted" Flag "Whether the network restricted an older account of the same person; unknown where an opening or a standing is not known."
        AccountDormantYears "account.dormant_years" Number "Longest gap between recorded changes, in years."
    }
    Employment {
        EmploymentTitle "employment.title" Prose "The job title."
        EmploymentDescription "employment.description" Prose "What was done."
        EmploymentIntent "employment.intent" Words "What title and description say, as lexicon intents."
        EmploymentKind "employment.kind" Word "full_time, part_time, contract, freelance or internship."
        EmploymentCurrent "employment.current" Flag "Whether the job is still held."
        EmploymentMonths "employment.months" Number "Length in months, at least."
        EmploymentEmployerDomain "employment.employer_domain" Word "Registrable domain of the employer."
        EmploymentEmployerListed "employment.employer_listed" Words "Lists of published names that hold the employer's name or domain."
        EmploymentEmployerRegistered "employment.employer_registered" Flag "Whether an analyst found the employer in a register."
        EmploymentOverlapMonths "employment.overlap_months" Number "Greatest certain overlap, in whole months, with a full-time job at another employer; 0 if none. Only for full-time jobs with dates."
        EmploymentBeforeFoundedMonths "employment.before_founded_months" Number "Months by which the job began before the employer was founded, at least."
        EmploymentTechnologyBeforeReleaseMonths "employment.technology_before_release_months" Number "Months by which the job ended before a technology that its description names was released, at least."
        EmploymentDescriptionRepeats "employment.description_repeats" Flag "Whether the description has nearly the same words as that of a job at another employer; unknown where it is short or alone."
        EmploymentConflict "employment.conflict" Words "What another source says differently of the job at this employer: start, end, title."
    }
    Education {
        EducationSchoolListed "education.school_listed" Words "Lists of published names that hold the school's name or domain."
        EducationBeforeFoundedMonths "education.before_founded_months" Number "Months by which the studies began before the school was founded, at least."
        EducationConflict "education.conflict" Words "What another source says differently of the studies at this school: start, end, degree."
        EducationMonths "education.months" Number "Length in months, at least."
    }
    Contact {
        ContactKind "contact.kind" Word "email, phone, url, messenger or address."
        ContactNetwork "contact.network" Word "The messenger."
        ContactDomain "contact.domain" Word "Registrable domain of a mail or web address."
        ContactMailClass "contact.mail_class" Word "Class of a mail address: employer (at a domain of an employer the person names), agency (declared), free, disposable, relay (of an applicant-tracking system or job network), other."
        ContactLookalikeOf "contact.lookalike_of" Word "Domain that this one imitates, of the organisations in the dossier and the table of imitated brands; an employer's own domains and the services of the lists imitate nobody."
        ContactLookalikeKind "contact.lookalike_kind" Words "How it imitates: digits, skeleton (confusable letters), punycode, edit (one or two letters), added-word, subdomain (the whole domain in front of another), suffix (only the suffix differs, and it is no country's: weak by itself)."
        ContactNameAgrees "contact.name_agrees" Flag "Whether a person's name in the mail address or handle agrees with a name the person gave; unknown if it bears none."
        ContactPhoneCountryAgrees "contact.phone_country_agrees" Flag "Whether the phone's country is the claimed one; declared travel and addresses agree."
        ContactPhoneKind "contact.phone_kind" Word "What the number is for, by its country's numbering plan: fixed, mobile, fixed-or-mobile, voip, personal, premium, other. Many plans do not tell internet telephony apart."
        ContactDomainAgeDays "contact.domain_age_days" Number "Days from the domain's registration to the first message, or to now, at most."
        ContactDomainListed "contact.domain_listed" Words "Lists of published domains that hold this one."
        ContactLabelPattern "contact.label_pattern" Words "Shape of the domain, unless an employer's or a listed service's: job-word, many-hyphens (two or more), punycode, risky-suffix."
    }
    Payment {
        PaymentMethod "payment.method" Word "bank, paypal, wise, payoneer, crypto, gift_card or other."
        PaymentDirection "payment.direction" Word "to_subject or from_counterpart_asked."
        PaymentPayeeAgrees "payment.payee_agrees" Flag "Whether the payee agrees with a name the person gave."
        PaymentPayeeDeclared "payment.payee_declared" Flag "Whether the payee was declared, or stands on a contract or invoice in the dossier."
        PaymentPayeeIsCompany "payment.payee_is_company" Flag "Whether the payee's name has a company's form."
        PaymentCountryAgrees "payment.country_agrees" Flag "Whether the account's country is the claimed one; declared travel and addresses agree."
        PaymentListed "payment.listed" Words "Lists that hold the payee or the wallet."
        PaymentDistinctPayees "payment.distinct_payees" Number "Number of different payees in the dossier."
    }
    Document {
        DocumentKind "document.kind" Word "resume, cover_letter, identity, diploma, invoice, contract, portfolio or other."
        DocumentText "document.text" Prose "Its text."
        DocumentIntent "document.intent" Words "What it says, as lexicon intents."
        DocumentExtension "document.extension" Word "Extension of the file name."
        DocumentNameAgrees "document.name_agrees" Flag "Whether the name on it agrees with a name the person gave."
        DocumentAddressAgrees "document.address_agrees" Flag "Whether the address on it agrees with the claimed place or a declared address: another country, or a city whose clocks differ, contradicts; another city of the same zone is unknown."
        DocumentAuthorAgrees "document.author_agrees" Flag "Whether the author in its metadata agrees with a name the person gave; unknown if it bears none."
        DocumentProducer "document.producer" Words "Programs that its metadata names."
        DocumentMadeByEditor "document.made_by_editor" Flag "Whether its metadata names an image editor of the list."
        DocumentZoneAgrees "document.zone_agrees" Flag "Whether the clock in its metadata is less than three hours from the claimed place's; UTC says nothing."
    }
    Code {
        CodeRepository "code.repository" Word "owner/name."
        CodeHost "code.host" Word "The host."
        CodeReadmeIntent "code.readme_intent" Words "What its front page says, as lexicon intents."
        CodeAgeDays "code.age_days" Number "Days from the repository's creation to the person's first message, or to now, at most."
        CodeCommits "code.commits" Number "Number of commits in the export."
        CodeStars "code.stars" Number "Stars."
        CodeFork "code.fork" Flag "Whether the host calls it a fork."
        CodeCopiedShare "code.copied_share" Number "Share of commits or blobs found identical to another repository, 0 to 1."
        CodeOwnerIsEmployer "code.owner_is_employer" Flag "Whether the owner agrees with the name or domain of an employer the person names."
        CodeAutorun "code.autorun" Words "What runs without being asked: folder-open-task, install-script, foreign-registry, encoded-link, remote-eval."
        CodePayloadHost "code.payload_host" Words "Hosts of the list of payload hosting that its files name, plainly or in base64."
        CodeAuthorsDisagree "code.authors_disagree" Number "Author names on commits that agree with no name the person gave."
        CodeDaysBeforeAccount "code.days_before_account" Number "Days by which its first commit is before the account of its host was opened."
        CodeZoneElsewhereShare "code.zone_elsewhere_share" Number "Share of commits at an offset three hours or more from the claimed place's, 0 to 1; only from 20 commits on whose offset is known and not zero."
        CodeNamePattern "code.name_pattern" Words "Shape of the name: assessment-word."
    }
    Commit {
        CommitMessage "commit.message" Prose "Its message."
        CommitAuthorAgrees "commit.author_agrees" Flag "Whether its author agrees with a name the person gave."
        CommitMailClass "commit.mail_class" Word "Class of the author's mail address."
    }
    Observation {
        ObservationKind "observation.kind" Word "login, application, interview, call, meeting, shipment, device, onboarding, delivery or reference_check."
        ObservationNote "observation.note" Prose "The observer's note."
        ObservationNoteIntent "observation.note_intent" Words "What the note says, as lexicon intents."
        ObservationOutcome "observation.outcome" Word "How it ended."
        ObservationCamera "observation.camera" Word "on, off or refused."
        ObservationVpn "observation.vpn" Word "The VPN product."
        ObservationVpnDocumented "observation.vpn_documented" Flag "Whether the VPN product stands in the list of those documented in published cases."
        ObservationVpnDeclared "observation.vpn_declared" Flag "Whether the person declared the use of a VPN."
        ObservationRemoteAccess "observation.remote_access" Word "Remote-control product or hardware that was seen."
        ObservationCountryAgrees "observation.country_agrees" Flag "Whether the country of the address is the claimed one; travel declared at that time agrees. Unknown behind a VPN."
        ObservationZoneAgrees "observation.zone_agrees" Flag "Whether the device's zone is within three hours of the claimed place's; travel declared at that time agrees."
        ObservationAddressListed "observation.address_listed" Words "Lists of published network ranges that hold the address."
        ObservationHosting "observation.hosting" Flag "Whether the network stands in the list of hosting networks."
        ObservationNameAgrees "observation.name_agrees" Flag "Whether the name shown in the call agrees with a name the person gave."
        ObservationShipAddressAgrees "observation.ship_address_agrees" Flag "Whether the shipping address agrees with the claimed place, a document's or a declared address."
        ObservationShipAddressClass "observation.ship_address_class" Words "Forms of the shipping address, as lexicon intents: forwarding-address."
    }
    Message {
        MessageText "message.text" Prose "What it says."
        MessageSubject "message.subject" Prose "Its subject line."
        MessageIntent "message.intent" Words "What text and subject line ask or offer, as lexicon intents."
        MessageFromSubject "message.from_subject" Flag "Written by the person screened."
        MessageChannel "message.channel" Word "linkedin, email, sms, whatsapp, telegram …"
        MessagePosition "message.position" Number "Position among the messages that the subject wrote in the thread, from 1; for the other side's messages, among theirs."
        MessageDaysIntoThread "message.days_into_thread" Number "Days since the thread began, at least."
        MessageReplyHours "message.reply_hours" Number "Hours since the other side's last message in the thread, at least."
        MessageWasAsked "message.was_asked" Flag "Whether the other side had written in the thread before."
        MessageLinkHost "message.link_host" Words "Hosts of its links."
        MessageLinkDomain "message.link_domain" Words "Registrable domains of its links."
        MessageLinkClass "message.link_class" Words "Kinds of its links: employer, shortener, payload-host, code-host, code-host-employer, meeting, ats (applicant-tracking systems, job networks, assessment vendors), assessment, form, messenger, download, ip-literal, punycode, lookalike, young-domain (registered less than 90 days before, by the analyst's enrichment), credentials-in-link, other (none of these)."
        MessageLinkLookalikeOf "message.link_lookalike_of" Words "Domains that its links imitate; a different suffix alone does not count."
        MessageLinkTextDiffers "message.link_text_differs" Flag "Whether the visible text of a link names another domain than its target; unknown where none names a domain. Gateways, mailing tools and relays, which rewrite links, are left out."
        MessageAttachmentExtension "message.attachment_extension" Words "Extensions of its attachments."
        MessageAttachmentRisk "message.attachment_risk" Words "What makes an attachment risky: executable, disk-image, archive, encrypted, double-extension, bidi-name, shortcut, macro."
        MessageSenderDomain "message.sender_domain" Word "Registrable domain of the sender's address."
        MessageSenderMailClass "message.sender_mail_class" Word "Class of the sender's address: employer, agency, free, disposable, relay, other."
        MessageSenderLookalikeOf "message.sender_lookalike_of" Word "Domain that the sender's imitates; a different suffix alone does not count."
        MessageSenderNameAgrees "message.sender_name_agrees" Flag "Whether the sender's name or messenger handle agrees with a name the person gave elsewhere; unknown if it bears none."
        MessageReplyToDiffers "message.reply_to_differs" Flag "Whether answers go to another registrable domain than the sender's; two domains of the named employers agree, and relays say nothing."
        MessageAuthFailed "message.auth_failed" Flag "Whether SPF, DKIM or DMARC failed; SPF alone does not count where DKIM passed, as on forwarding."
        MessageDkimPass "message.dkim_pass" Flag "Whether DKIM passed."
        MessageSaysEmployer "message.says_employer" Words "Employers on whose behalf it says it is written, folded."
    }
    Thread {
        ThreadIntent "thread.intent" Words "Intents of the messages that the subject wrote in it."
        ThreadMessages "thread.messages" Number "Messages."
        ThreadMessagesFromSubject "thread.messages_from_subject" Number "Messages that the subject wrote."
        ThreadDays "thread.days" Number "Days from first to last message, at least."
        ThreadFirstFromSubject "thread.first_from_subject" Flag "Whether the subject wrote first."
        ThreadFirstChannel "thread.first_channel" Word "Channel of the first message."
        ThreadChannels "thread.channels" Words "Channels."
        ThreadAnswered "thread.answered" Flag "Whether both sides wrote."
        ThreadDaysBeforeFirstLink "thread.days_before_first_link" Number "Days before the subject's first link or attachment, at least."
        ThreadMessagesBeforeFirstLink "thread.messages_before_first_link" Number "Messages before the subject's first link or attachment."
        ThreadFirstLinkClass "thread.first_link_class" Words "Kinds of the links in the subject's first message with a link."
        ThreadSenderNamesDisagree "thread.sender_names_disagree" Flag "Whether the subject's messages bear sender names that do not agree with each other."
        ThreadRepeatedFollowUps "thread.repeated_follow_ups" Number "Nearly equal messages of the subject that follow one another without an answer."
    }
    JobPost {
        JobPostTitle "job_post.title" Prose "The job's title."
        JobPostText "job_post.text" Prose "The advert."
        JobPostRequirements "job_post.requirements" Prose "What is asked of an applicant."
        JobPostBenefits "job_post.benefits" Prose "What is offered."
        JobPostIntent "job_post.intent" Words "What all its texts ask or offer, as lexicon intents."
        JobPostRemote "job_post.remote" Flag "Can be done from anywhere."
        JobPostWords "job_post.words" Number "Words of advert and requirements; where a script writes no spaces, two letters count as a word."
        JobPostEmployerNamed "job_post.employer_named" Flag "Whether an employer is named; unknown where the export has no name, false where it has an empty one."
        JobPostEmployerListed "job_post.employer_listed" Words "Lists of published names that hold the employer's name or domain."
        JobPostContactMailClass "job_post.contact_mail_class" Word "Class of the address to write to; where none is given apart, of the first in the advert."
        JobPostContactLookalikeOf "job_post.contact_lookalike_of" Word "Domain that the contact's or an application link's imitates; a different suffix alone does not count."
        JobPostApplyLinkClass "job_post.apply_link_class" Words "Kinds of the links to apply by and of those in the advert, as in message.link_class."
        JobPostOnEmployerList "job_post.on_employer_list" Flag "Whether the title stands among the openings that the employer publishes; unknown without an analyst's snapshot."
        JobPostPayPerDay "job_post.pay_per_day" Number "Greatest pay for a day of work, in the advert's currency, at 8 hours a day and 5, 21 and 250 days a week, month and year."
        JobPostPayToUsual "job_post.pay_to_usual" Number "Greatest pay that the advert names with currency and period, for a year of full-time work, as a multiple of what the simple work in its title is usually paid; unknown where the title names no such work."
    }
    Organisation {
        OrganisationDomain "organisation.domain" Word "Its registrable domain."
        OrganisationListed "organisation.listed" Words "Lists of published names that hold its name or domain."
        OrganisationEmployees "organisation.employees" Number "Number of staff."
        OrganisationPageAgeDays "organisation.page_age_days" Number "Days from the page's creation to the first message, or to now, at most."
        OrganisationDomainAgeDays "organisation.domain_age_days" Number "Days from its domain's registration to the first message, or to now, at most."
        OrganisationRegistered "organisation.registered" Flag "Whether an analyst found it in a register."
        OrganisationCareersPage "organisation.careers_page" Flag "Whether it has a page of vacancies."
        OrganisationClaimedByPerson "organisation.claimed_by_person" Flag "Whether it is an employer that the person names."
        OrganisationDomainYoungerThanFoundedYears "organisation.domain_younger_than_founded_years" Number "Years from its stated founding to its domain's registration, at least."
        OrganisationSharesRegistration "organisation.shares_registration" Flag "Whether its domain has the name servers of a meeting, test or download domain in the same dossier and was registered within 60 days of it."
    }
    Cluster {
        ClusterSize "cluster.size" Number "Records in the cluster."
        ClusterIdentities "cluster.identities" Number "Names in the cluster that have nothing in common; names of which that cannot be said count as one. Adverts that name no person go by the employer that they name. Unknown where nobody bears a name."
        ClusterCountries "cluster.countries" Number "Number of different countries in which the members of the cluster claim to be."
        ClusterEmployers "cluster.employers" Number "Employers that members of the cluster name, but for those that all who name any have in common."
        ClusterSpanDays "cluster.span_days" Number "Days from the first to the last thing with a date (message, advert, payment, observation) of the cluster's records, at least. Unknown where nothing bears one."
        ClusterShared "cluster.shared" Words "What the record has in common with another: phone, mailbox, handle, wallet, account, url, photo, photo_hash, document, author, commit_email, device, session, shipping, reference, domain, near_photo (perceptual hashes that differ in a few bits), near_domain (registered one to seven days apart), near_text, reworded_text (0.4 to 0.6 of their pairs of words in common)."
        ClusterSharedUnderOtherName "cluster.shared_under_other_name" Words "The same, only with a record under a name that has nothing in common with the record's. Unknown where no two names can be compared."
        ClusterSharedByStrangers "cluster.shared_by_strangers" Words "The same, only with a record under another name that names no employer that the record names: colleagues are left out."
        ClusterNearTexts "cluster.near_texts" Words "Kinds of text (about, experience, letter, resume, message, advert) that are near-duplicates in a record as in cluster.shared_by_strangers: they have at least 0.6 of their pairs of words in common."
        ClusterNearlyEqualTexts "cluster.nearly_equal_texts" Words "The same, with at least 0.8 of the pairs of words in common."
        ClusterNamesBesideOne "cluster.names_beside_one" Number "Greatest number of names that have nothing in common beside one thing that the record shares."
        ClusterSharedReferences "cluster.shared_references" Number "Greatest number of references that the record has in common with one under another name."
        ClusterSharedSessions "cluster.shared_sessions" Number "Greatest number of addresses of sessions that the record has in common with one under another name."
        ClusterMeetingsAtOnce "cluster.meetings_at_once" Number "Interviews, calls and meetings of the record that began less than ten minutes from one of a member under another name. Nobody sits in two: it speaks for several people, and against one behind both names. Unknown unless such times of two names are known with their zone."
        ClusterJobsDatedOtherwise "cluster.jobs_dated_otherwise" Number "Employers of the record at which another member under the same name gives other dates: starts or ends that are certainly a year or more apart, where no time there agrees. Freelance work is left out. Unknown where no dates of one name at one employer can be compared."
    }
    Earlier {
        EarlierShared "earlier.shared" Words "What the record has in common with a record of an earlier batch, as in cluster.shared; texts and portraits that are nearly the same are not found."
        EarlierSharedUnderOtherName "earlier.shared_under_other_name" Words "The same, only with a record under a name that has nothing in common with the record's. Unknown where no two names can be compared."
        EarlierScanned "earlier.scanned" Words "When the batches were scanned in which something is shared with a record under another name, as 2026-11-25."
        EarlierRecords "earlier.records" Number "Number of earlier records under another name that share something, the same record of several batches once."
    }
    Watchlist {
        WatchlistKind "watchlist.kind" Words "What matches: phone, mailbox, handle, wallet, account, url, photo, photo_hash, document, author, commit_email, device, session, shipping, reference, domain, name."
        WatchlistSource "watchlist.source" Words "Where that was published, as the list says."
        WatchlistAbout "watchlist.about" Words "What the list says it was published about: fake_recruiter, concealed_freelancer, job_scam; all of them where it does not say."
        WatchlistEntity "watchlist.entity" Word "The list's own word for the actor; absent where it names none."
        WatchlistIdentifiers "watchlist.identifiers" Number "How many identifiers of one actor match; a name counts only beside another one."
    }
}

impl Field {
    /// Number of fields.
    pub const COUNT: usize = CATALOGUE.len();

    /// What a rule author may know of it.
    pub fn spec(self) -> &'static FieldSpec {
        &CATALOGUE[self as usize]
    }

    /// The name in rules.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// The field of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        CATALOGUE.iter().find(|spec| spec.name == name).map(|spec| spec.field)
    }
}

/// A set of fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FieldSet([u64; 4]);

impl FieldSet {
    /// Adds a field.
    pub fn insert(&mut self, field: Field) {
        let bit = field as usize;
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether it holds a field.
    pub fn contains(&self, field: Field) -> bool {
        let bit = field as usize;
        self.0[bit / 64] & (1 << (bit % 64)) != 0
    }
}

const _: () = assert!(Field::COUNT <= 256, "FieldSet has room for 256 fields");

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_is_consistent() {
        let mut names = BTreeSet::new();
        for (position, spec) in CATALOGUE.iter().enumerate() {
            assert_eq!(spec.field as usize, position, "{}", spec.name);
            assert!(names.insert(spec.name), "{} stands twice", spec.name);
            assert!(spec.doc.ends_with(['.', '…']), "{} needs a sentence", spec.name);
        }
    }

    #[test]
    fn no_field_reads_origin() {
        for spec in CATALOGUE {
            for part in spec.name.split(['.', '_']) {
                assert!(
                    ![
                        "nationality",
                        "ethnicity",
                        "citizenship",
                        "religion",
                        "birth",
                        "gender",
                        "sex",
                        "accent",
                        "language",
                        "languages"
                    ]
                    .contains(&part),
                    "{} reads a protected attribute",
                    spec.name
                );
            }
            assert!(!matches!(spec.name, "subject.name" | "subject.country" | "subject.names"), "{}", spec.name);
        }
    }
}
