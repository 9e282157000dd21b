<?php
// The laboratory's settings, and every skin that MediaWiki ships.
require __DIR__ . '/../lab/php/LocalSettings.php';
foreach ( [ 'MinervaNeue', 'MonoBook', 'Timeless' ] as $labSkin ) {
	wfLoadSkin( $labSkin );
}
