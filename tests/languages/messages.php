<?php
// What each language file of a MediaWiki says, own words only: php messages.php FOLDER-OF-MEDIAWIKI > JSON.
// Language files are lists of variables made to be included (MediaWiki: LocalisationCache::readPHPFile).

const WANTED = [
	'fallback', 'datePreferences', 'defaultDateFormat', 'dateFormats', 'namespaceNames',
	'namespaceAliases', 'namespaceGenderAliases', 'specialPageAliases', 'magicWords', 'linkTrail', 'linkPrefixExtension',
	'linkPrefixCharset', 'separatorTransformTable', 'digitTransformTable', 'minimumGroupingDigits', 'rtl',
	'fallback8bitEncoding',
];

function messages( string $file ): array {
	include $file;
	$said = array_intersect_key( get_defined_vars(), array_flip( WANTED ) );
	// Digits 0 to 9 are keys, not places.
	return isset( $said['digitTransformTable'] ) ? [ 'digitTransformTable' => (object)$digitTransformTable ] + $said : $said;
}

preg_match_all( "/define\\( '(NS_\w+)', (-?\d+) \\)/", file_get_contents( "$argv[1]/includes/Defines.php" ), $numbers );
array_map( 'define', $numbers[1], array_map( 'intval', $numbers[2] ) );
require "$argv[1]/includes/languages/data/Names.php";
$languages = array_map( static fn ( $name ) => [ 'name' => $name ], MediaWiki\Languages\Data\Names::$names );
foreach ( glob( "$argv[1]/languages/messages/Messages*.php" ) as $file ) {
	$code = str_replace( '_', '-', strtolower( substr( basename( $file, '.php' ), strlen( 'Messages' ) ) ) );
	$languages[$code] = messages( $file ) + ( $languages[$code] ?? [] );
}
echo json_encode( $languages, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR );
