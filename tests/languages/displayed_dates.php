<?php
// Prints moments as MediaWiki displays them in every language and style: code, style, moment, text; tabs between.
// Included by maintenance/eval.php.
use MediaWiki\MediaWikiServices;

$services = MediaWikiServices::getInstance();
$nobody = User::newFromName( '127.0.0.1', false );
foreach ( array_keys( $services->getLanguageNameUtils()->getLanguageNames( 'en', 'mwfile' ) ) as $code ) {
	$language = $services->getLanguageFactory()->getLanguage( $code );
	foreach ( $language->getDatePreferences() ?: [ 'default' ] as $style ) {
		foreach ( [ '20040229000105', '20151231235959', '20170525145603', '20261101123000' ] as $moment ) {
			$text = $language->userTimeAndDate( $moment, $nobody, [ 'timecorrection' => false, 'format' => $style ] );
			echo "$code\t$style\t$moment\t$text\n";
		}
		// The footer's sentence, in which day and time stand apart.
		$day = $language->userDate( '20170525145603', $nobody, [ 'timecorrection' => false, 'format' => $style ] );
		$time = $language->userTime( '20170525145603', $nobody, [ 'timecorrection' => false, 'format' => $style ] );
		$said = wfMessage( 'lastmodifiedat', $day, $time )->inLanguage( $code )->text();
		echo "$code\t$style\tfooter\t" . strtr( $said, "\n", ' ' ) . "\n";
	}
}
