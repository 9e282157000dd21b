<?php
// What each language file of a MediaWiki says, own words only: php messages.php FOLDER-OF-MEDIAWIKI > JSON.
// Language files are lists of variables made to be included (MediaWiki: LocalisationCache::readPHPFile).

const WANTED = [
	'fallback', 'datePreferences', 'defaultDateFormat', 'dateFormats', 'namespaceNames',
	'namespaceAliases', 'namespaceGenderAliases', 'specialPageAliases',
];

function messages( string $file ): array {
	include $file;
	return array_intersect_key( get_defined_vars(), array_flip( WANTED ) );
}

preg_match_all( "/define\\( '(NS_\w+)', (-?\d+) \\)/", file_get_contents( "$argv[1]/includes/Defines.php" ), $numbers );
array_map( 'define', $numbers[1], array_map( 'intval', $numbers[2] ) );
$languages = [];
foreach ( glob( "$argv[1]/languages/messages/Messages*.php" ) as $file ) {
	$code = str_replace( '_', '-', strtolower( substr( basename( $file, '.php' ), strlen( 'Messages' ) ) ) );
	$languages[$code] = (object)messages( $file );
}
echo json_encode( $languages, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR );
