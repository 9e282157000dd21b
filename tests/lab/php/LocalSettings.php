<?php
// Settings shared by every wiki of the laboratory; what is a wiki's own stands in its wiki.json.
if ( !defined( 'MEDIAWIKI' ) ) {
	exit;
}
$labFolder = getenv( 'WIKICOMPOST_LAB_WIKI' );
$lab = json_decode( file_get_contents( "$labFolder/wiki.json" ), true );

$wgSitename = $lab['name'];
$wgMetaNamespace = strtr( $lab['name'], ' ', '_' );
$wgLanguageCode = $lab['language'];
$wgScriptPath = $lab['script_path'];
$wgArticlePath = $lab['article_path'];
// The address follows the request, so that a proxy in front sees every absolute link come back to it.
$wgServer = 'http://' . ( $_SERVER['HTTP_HOST'] ?? $lab['host'] );
$wgSecretKey = str_repeat( 'compost-', 8 );
$wgAuthenticationTokenVersion = '1';

$wgDBtype = 'sqlite';
$wgDBname = 'wiki';
$wgSQLiteDataDir = "$labFolder/data";
// A wiki that lives for one test need not survive a power cut: three times quicker than waiting for the disk.
$wgDBservers = [ [
	'type' => 'sqlite', 'host' => 'localhost', 'load' => 1, 'flags' => DBO_DEFAULT,
	'dbname' => $wgDBname, 'dbDirectory' => $wgSQLiteDataDir, 'tablePrefix' => '',
	'variables' => [ 'synchronous' => 'OFF', 'temp_store' => 'MEMORY' ],
] ];
$wgMainCacheType = CACHE_ACCEL;
// MediaWiki 1.35 loses sessions that it keeps in SQLite.
$wgSessionCacheType = version_compare( MW_VERSION, '1.39', '<' ) ? CACHE_ACCEL : CACHE_DB;
$wgLocalisationCacheConf['store'] = 'array';
$wgLocalisationCacheConf['storeDirectory'] = "$labFolder/cache";
$wgCacheDirectory = "$labFolder/cache";
$wgJobRunRate = 0;
$wgPasswordConfig['pbkdf2']['cost'] = '1';
$wgShowExceptionDetails = true;
$wgDBerrorLog = "$labFolder/database.log";
$wgRateLimits = [];
$wgPasswordAttemptThrottle = [];
$wgAccountCreationThrottle = [];
$wgEnableEmail = false;

$wgEnableUploads = true;
$wgUploadDirectory = "$labFolder/images";
$wgUploadPath = "$wgScriptPath/images";
$wgFileExtensions = [ 'png', 'jpg', 'svg', 'txt', 'pdf' ];
$wgUseImageResize = false;
$wgStrictFileExtensions = true;

// Edits without an account come from the address that the lab puts into X-Forwarded-For.
$wgUsePrivateIPs = true;
$wgCdnServersNoPurge = [ '127.0.0.1' ];

$wgGroupPermissions['sysop']['deleterevision'] = true;
$wgGroupPermissions['sysop']['deletelogentry'] = true;
$wgGroupPermissions['sysop']['suppressrevision'] = true;
$wgGroupPermissions['sysop']['viewsuppressed'] = true;
$wgGroupPermissions['sysop']['importupload'] = true;
$wgGroupPermissions['sysop']['mergehistory'] = true;
$wgGroupPermissions['sysop']['managechangetags'] = true;
$wgGroupPermissions['jardinier']['rollback'] = true;
$wgImportSources = [ 'ancien' ];
$wgRestrictDisplayTitle = false;
$wgUseInstantCommons = false;
$wgRightsUrl = 'https://creativecommons.org/licenses/by-sa/4.0/';
$wgRightsText = 'CC BY-SA 4.0';
$wgLocaltimezone = 'Europe/Paris';
$wgExtraNamespaces = [ 100 => 'Atelier', 101 => 'Discussion_atelier' ];
$wgNamespacesWithSubpages[NS_MAIN] = true;
$wgNamespaceAliases = [ 'At' => 100 ];
// Small enough for the seeded revision of 400 kB to be above it.
$wgAPIMaxResultSize = 300 * 1024;

wfLoadSkin( 'Vector' );
foreach ( [ 'Cite', 'ParserFunctions', 'Poem', 'Scribunto', 'SyntaxHighlight_GeSHi', 'TemplateData' ] as $labExtension ) {
	wfLoadExtension( $labExtension, "$IP/extensions-core/$labExtension/extension.json" );
}
$wgScribuntoDefaultEngine = 'luastandalone';
$wgScribuntoEngineConf['luastandalone']['luaPath'] = '/usr/bin/lua5.1';

foreach ( $lab['settings'] as $labSetting => $labValue ) {
	$GLOBALS[$labSetting] = $labValue;
}
