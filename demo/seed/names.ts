/** Names with everything that breaks naive code: quotes, markup, accents, other scripts. */
export const AWKWARD_NAMES: readonly string[] = [
  'O’Brien & Søns "Maritime"',
  '<b>Fett</b> Druckerei',
  'Łódzkie Śruby i Żelazo',
  '株式会社さくら商事',
  "D'Angelo's Caffè",
  'مؤسسة النور',
  'Ünïted Ærø <script>alert(1)</script>',
  'Robert"); DROP TABLE invoices;--',
  'Back\\slash % Under_score',
  'Emoji 🚀 Ventures',
]

/** First halves of ordinary company names. */
export const NAME_HEADS: readonly string[] = [
  'Nordwind',
  'Chmura',
  'Alpenglow',
  'Bursztyn',
  'Cobalt',
  'Drewno',
  'Elbe',
  'Fjord',
  'Granit',
  'Harbour',
  'Iskra',
  'Juniper',
  'Kestrel',
  'Lipa',
  'Meridian',
  'Nadmorska',
  'Orchard',
  'Polaris',
  'Quarry',
  'Rzeka',
]

/** Second halves of ordinary company names. */
export const NAME_TAILS: readonly string[] = [
  'Logistik',
  'Hosting',
  'Foods',
  'Packaging',
  'Consulting',
  'Werke',
  'Software',
  'Energy',
  'Print',
  'Studio',
  'Steel',
  'Travel',
]

/** People who answer the phone there. */
export const CONTACT_NAMES: readonly string[] = [
  'Anna Kowalczyk',
  'Jürgen Müller',
  'Siobhán Ní Dhálaigh',
  'Émile Lefèvre',
  'Grzegorz Brzęczyszczykiewicz',
  'Mary "May" Jones',
  'Håkon Ås',
  'Wanjiru Kamau',
  '山田 花子',
  'Tom Baker',
]

/** What they do there. */
export const POSITIONS: readonly string[] = [
  'Accounts payable',
  'Accounts receivable',
  'Managing director',
  'Purchasing',
  'Head of finance',
]

/** Streets and towns by country. */
export const PLACES: Readonly<
  Record<string, readonly (readonly [street: string, city: string])[]>
> = {
  PL: [
    ['ul. Długa 12', 'Gdańsk'],
    ['ul. Piotrkowska 101', 'Łódź'],
    ['al. Jerozolimskie 44', 'Warszawa'],
  ],
  DE: [
    ['Speicherstraße 7', 'Hamburg'],
    ['Königsallee 3', 'Düsseldorf'],
  ],
  FR: [['12, rue de l’Église', 'Besançon']],
  US: [["400 King's Road", 'Springfield, "IL"']],
  NO: [['Øvre Slottsgate 5', 'Oslo']],
  GB: [
    ["1 St Paul's Churchyard", 'London'],
    ['22 Quay Street', 'Manchester'],
  ],
  IE: [['3 Sráid Mhór', 'Cork']],
}

/** Labels that counterparties carry. */
export const TAGS: readonly string[] = ['key-account', 'eu', 'reverse charge', 'watch', 'it', 'a,b']
