<?php
/**
 * Writes what MediaWiki knows of its languages into tables/, one JSON file each: names of namespaces and special pages,
 * magic words, link trails and prefixes, months and days. Run it with MediaWiki's folder: php make.php /usr/share/mediawiki
 */
$root = $argv[1];
$namespaces = [ 'MEDIA' => -2, 'SPECIAL' => -1, 'MAIN' => 0, 'TALK' => 1, 'USER' => 2, 'USER_TALK' => 3, 'PROJECT' => 4,
	'PROJECT_TALK' => 5, 'FILE' => 6, 'FILE_TALK' => 7, 'MEDIAWIKI' => 8, 'MEDIAWIKI_TALK' => 9, 'TEMPLATE' => 10,
	'TEMPLATE_TALK' => 11, 'HELP' => 12, 'HELP_TALK' => 13, 'CATEGORY' => 14, 'CATEGORY_TALK' => 15 ];
foreach ( $namespaces as $name => $number ) {
	define( "NS_$name", $number );
}
$months = [ 'january', 'february', 'march', 'april', 'may_long', 'june', 'july', 'august', 'september', 'october',
	'november', 'december' ];
$shortMonths = [ 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec' ];
$days = [ 'sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday' ];
$lists = [ 'months' => $months, 'months_genitive' => array_map( static fn ( $name ) =>
	( $name === 'may_long' ? 'may' : $name ) . '-gen', $months ), 'months_short' => $shortMonths, 'days' => $days,
	'days_short' => array_map( static fn ( $name ) => substr( $name, 0, 3 ), $days ) ];

/** The variables that one of MediaWiki's message files sets. */
function read( string $file ): array {
	$fallback = false;
	include $file;
	return get_defined_vars();
}

require "$root/includes/languages/data/Names.php";
$own = MediaWiki\Languages\Data\Names::$names;
foreach ( glob( "$root/languages/messages/Messages*.php" ) as $file ) {
	$code = str_replace( '_', '-', strtolower( substr( basename( $file, '.php' ), strlen( 'Messages' ) ) ) );
	$told = read( $file );
	$texts = json_decode( @file_get_contents( "$root/languages/i18n/$code.json" ) ?: '{}', true );
	$entry = [ 'fallback' => $told['fallback'] ? array_map( 'trim', explode( ',', $told['fallback'] ) ) : [],
		'namespaces' => (object)( $told['namespaceNames'] ?? [] ),
		'aliases' => (object)( $told['namespaceAliases'] ?? [] ) ];
	foreach ( $told['namespaceGenderAliases'] ?? [] as $number => $names ) {
		foreach ( $names as $name ) {
			$entry['aliases']->$name = $number;
		}
	}
	foreach ( $told['magicWords'] ?? [] as $name => $words ) {
		$entry['words'][$name] = [ 'case' => (bool)array_shift( $words ), 'aliases' => array_values( $words ) ];
	}
	$entry['special_pages'] = (object)( $told['specialPageAliases'] ?? [] );
	$entry['name'] = $own[$code] ?? null;
	$entry['is_rtl'] = $told['rtl'] ?? null;
	$entry['trail'] = $told['linkTrail'] ?? null;
	$entry['prefix'] = ( $told['linkPrefixExtension'] ?? false ) ? $told['linkPrefixCharset'] ?? 'a-zA-Z\\x{80}-\\x{10ffff}' : null;
	$entry['separators'] = $told['separatorTransformTable'] ?? null;
	$entry['digits'] = $told['digitTransformTable'] ?? null;
	$entry['minimum_grouping'] = $told['minimumGroupingDigits'] ?? null;
	foreach ( $lists as $list => $keys ) {
		$found = array_intersect_key( $texts, array_flip( $keys ) );
		$entry[$list] = count( $found ) === count( $keys ) ? array_map( static fn ( $key ) => $texts[$key], $keys ) : null;
	}
	$entry = array_filter( $entry, static fn ( $value ) => $value !== null && (array)$value !== [] );
	$json = json_encode( $entry, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES );
	file_put_contents( __DIR__ . "/tables/$code.json", str_replace( '],"', "],\n\"", str_replace( '},"', "},\n\"", $json ) ) . "\n" );
}
