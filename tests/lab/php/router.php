<?php
// Routes PHP's own web server to the MediaWiki and the wiki folder named by the environment.
$folder = getenv( 'WIKICOMPOST_LAB_WIKI' );
$root = getenv( 'WIKICOMPOST_LAB_MEDIAWIKI' );
$lab = json_decode( file_get_contents( "$folder/wiki.json" ), true );
$path = rawurldecode( strtok( $_SERVER['REQUEST_URI'], '?' ) );
$scripts = $lab['script_path'];

const TYPES = [
	'css' => 'text/css', 'js' => 'text/javascript', 'png' => 'image/png', 'svg' => 'image/svg+xml',
	'jpg' => 'image/jpeg', 'gif' => 'image/gif', 'pdf' => 'application/pdf', 'txt' => 'text/plain',
];

function sendFile( string $file ): void {
	if ( strpos( $file, '/../' ) !== false || !is_file( $file ) ) {
		http_response_code( 404 );
		header( 'Content-Type: text/html; charset=utf-8' );
		echo '<!DOCTYPE html><title>404 Not Found</title><h1>Not Found</h1>';
		return;
	}
	header( 'Content-Type: ' . ( TYPES[pathinfo( $file, PATHINFO_EXTENSION )] ?? 'application/octet-stream' ) );
	header( 'Content-Length: ' . filesize( $file ) );
	header( 'Last-Modified: ' . gmdate( 'D, d M Y H:i:s', filemtime( $file ) ) . ' GMT' );
	readfile( $file );
}

if ( $path === '/robots.txt' ) {
	header( 'Content-Type: text/plain' );
	echo $lab['robots'];
	return true;
}
if ( $path === '/-/forget' ) {
	// A maintenance script wrote behind the server's back; sessions are not its business.
	apcu_delete( new APCUIterator( '/^(?!.*MWSession)/' ) );
	return true;
}
$article = strtok( $lab['article_path'], '$' );
$script = 'index';
if ( preg_match( '#^' . preg_quote( $scripts ) . '/(index|api|load|rest|thumb)\.php(/|$)#', $path, $match ) ) {
	$script = $match[1];
} elseif ( strpos( $path, "$scripts/images/" ) === 0 ) {
	sendFile( $folder . substr( $path, strlen( $scripts ) ) );
	return true;
} elseif ( preg_match( '#^' . preg_quote( $scripts ) . '/(resources|skins|extensions)/#', $path ) ) {
	sendFile( $root . substr( $path, strlen( $scripts ) ) );
	return true;
} elseif ( $path !== '/' && strpos( $path, $article ) !== 0 ) {
	sendFile( '' );
	return true;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = "$scripts/$script.php";
$_SERVER['SCRIPT_FILENAME'] = "$root/$script.php";
unset( $_SERVER['PATH_INFO'] );
if ( strpos( $path, "$scripts/$script.php/" ) === 0 ) {
	$_SERVER['PATH_INFO'] = substr( $path, strlen( "$scripts/$script.php" ) );
}
// MediaWiki 1.39 looks into the environment itself, 1.35 does not.
define( 'MW_CONFIG_FILE', getenv( 'MW_CONFIG_FILE' ) );
chdir( $root );
require "$root/$script.php";
return true;
