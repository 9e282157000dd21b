<?php
/**
 * Writes the hosts that browsers only ask over https into hosts.txt.gz, one a line: Mozilla's preload list (MPL 2.0),
 * as the extension SecureLinkFixer has it. A host that does not speak for its subdomains ends with "!".
 * Run it with MediaWiki's folder: php make.php /usr/share/mediawiki
 */
$hosts = require "$argv[1]/extensions/SecureLinkFixer/domains.php";
ksort( $hosts );
$lines = array_map( static fn ( $host ) => $hosts[$host] ? $host : "$host!", array_keys( $hosts ) );
file_put_contents( __DIR__ . '/hosts.txt.gz', gzencode( implode( "\n", $lines ) . "\n", 9 ) );
