/** The cards that the form offers to fill in, and what each is good for. */
export const testCards = [
  { number: '4242424242424242', says: 'Succeeds' },
  { number: '4000002500003155', says: 'Asks for 3-D Secure' },
  { number: '4000000000000002', says: 'Declined' },
  { number: '4000000000009995', says: 'Insufficient funds' },
  { number: '4000000000000069', says: 'Expired' },
  { number: '4000000000000127', says: 'Wrong security code' },
  { number: '4000000000000341', says: 'Can be saved, not charged' },
];

/** Country codes of ISO 3166-1 that a billing address may have; names come from the browser. */
export const countryCodes = (
  'AD AE AF AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CD CF CG CH ' +
  'CI CK CL CM CN CO CR CV CW CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FO FR GA GB GD GE GF GG GH GI GL GM ' +
  'GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC ' +
  'LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU ' +
  'NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PY QA RE RO RS RU RW SA SB SC SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX ' +
  'SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW'
).split(' ');
