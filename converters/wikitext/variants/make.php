<?php
/**
 * Writes how MediaWiki converts between the variants of a language into tables/, one JSON file each. Run it with
 * MediaWiki's folder: php make.php /usr/share/mediawiki
 *
 * What converters do beyond replacing letters and words is left out.
 */
namespace MediaWiki\Linker { interface LinkTarget {} }
namespace {
	$root = $argv[1];
	class ReplacementArray {
		public $pairs;
		public function __construct( $pairs = [] ) { $this->pairs = $pairs; }
		public function getArray() { return $this->pairs; }
		public function setArray( $pairs ) { $this->pairs = $pairs; }
	}
	class LanguageConverter {
		public $mTables = [];
		public function __construct( $language = null ) {}
		public function getVariantNames(): array { return []; }
		protected function getAdditionalManualLevel(): array { return []; }
		protected function getAdditionalFlags(): array { return []; }
		public function getDescCodeSeparator(): string { return ':'; }
		public function getDescVarSeparator(): string { return ';'; }
		protected function loadDefaultTables() {}
		protected function postLoadTables() {}
		public function tell( array $names, bool $usesLetters ): array {
			if ( $usesLetters ) {
				$this->loadDefaultTables();
			}
			$flags = array_diff_key( $this->getAdditionalFlags(), [ 'S' => 1 ] );
			return [
				'main' => $this->getMainCode(),
				'variants' => $this->getLanguageVariants(),
				'fallbacks' => array_map( static fn ( $codes ) => (array)$codes, $this->getVariantsFallbacks() ),
				'codes' => (object)array_filter( array_combine( $this->getLanguageVariants(), array_map(
					static fn ( $code ) => strtolower( LanguageCode::bcp47( $code ) ), $this->getLanguageVariants() ) ),
					static fn ( $code, $variant ) => $code !== $variant, ARRAY_FILTER_USE_BOTH ),
				'names' => array_intersect_key( array_merge( $names, $this->getVariantNames() ), array_flip( $this->getLanguageVariants() ) ),
				'levels' => (object)$this->getAdditionalManualLevel(),
				'flags' => (object)$flags,
				'separators' => [ $this->getDescCodeSeparator(), $this->getDescVarSeparator() ],
				'tables' => (object)array_map( static fn ( $table ) => (object)array_filter( $table->getArray(),
					static fn ( $from ) => preg_match( '/\p{Han}|^[^0-9]+$/u', $from ), ARRAY_FILTER_USE_KEY ), $this->mTables ),
			];
		}
	}
	/** Patterns and replacements of a converter, as Python writes them. */
	function rules( $converter, array $methods ): array {
		$rules = [];
		foreach ( $methods as $variant => $method ) {
			$told = ( new ReflectionMethod( $converter, $method ) );
			$told->setAccessible( true );
			foreach ( $told->invoke( $converter ) as $pattern => $replacement ) {
				preg_match( '~^/(.*)/(u?)(i?)$~u', $pattern, $found );
				$rules[$variant][] = [ $found[3] ? "(?i:{$found[1]})" : $found[1], preg_replace( '/\$(\d)/', '\\\\$1', $replacement ) ];
			}
		}
		return $rules;
	}
	class LanguageConverterSpecific extends LanguageConverter {}
	class LanguageConverterIcu extends LanguageConverter {}
	require "$root/includes/languages/data/ZhConversion.php";
	require "$root/includes/languages/data/Names.php";
	require "$root/includes/language/LanguageCode.php";
	foreach ( glob( "$root/includes/language/converters/*.php" ) as $file ) {
		$class = basename( $file, '.php' );
		if ( $class === 'EnConverter' ) {
			continue;
		}
		require $file;
		$usesLetters = in_array( $class, [ 'SrConverter', 'ZhConverter', 'KuConverter', 'TgConverter', 'TlyConverter', 'IuConverter',
			'ShiConverter', 'UzConverter' ] );
		$table = ( new ReflectionClass( $class ) )->newInstanceWithoutConstructor()->tell( MediaWiki\Languages\Data\Names::$names, $usesLetters );
		if ( $class === 'ZhConverter' ) {
			// ZhConverter::postLoadTables.
			$table['bases'] = [ 'zh-cn' => 'zh-hans', 'zh-my' => 'zh-hans', 'zh-sg' => 'zh-hans', 'zh-hk' => 'zh-hant',
				'zh-mo' => 'zh-hant', 'zh-tw' => 'zh-hant' ];
		}
		if ( $class === 'SrConverter' ) {
			// SrConverter::guessVariant and translate.
			$table['signs'] = [ 'sr-ec' => 'шђчћжШЂЧЋЖ', 'sr-el' => 'šđčćžŠĐČĆŽ' ];
			$table['keeps_roman'] = true;
		}
		if ( $class === 'GanConverter' ) {
			// GanConverter::loadDefaultTables takes those of Chinese.
			$table['bases'] = [ 'gan-hans' => 'zh-hans', 'gan-hant' => 'zh-hant' ];
		}
		if ( $class === 'ShiConverter' ) {
			// ShiConverter::translate makes letters small first.
			$letters = (array)$table['tables'];
			foreach ( $letters['lowercase'] as $large => $small ) {
				$letters['shi-tfng']->$large = $letters['shi-tfng']->$small ?? $small;
			}
			unset( $letters['lowercase'] );
			$table['tables'] = (object)$letters;
		}
		if ( $class === 'UzConverter' ) {
			// UzConverter::translate.
			$table['rules'] = [ 'uz-cyrl' => [ [ 'ye', 'е' ], [ 'Y[eE]', 'Е' ], [ '([BVGDJZYKLMNPRSTFXCWQʻ‘H])E', '\1Е' ],
				[ '(?i:([bvgdjzyklmnprstfxcwqʻ‘h])e)', '\1е' ] ] ];
		}
		if ( $class === 'KkConverter' ) {
			$table['rules'] = rules( new \KkConverter(), [ 'kk-latn' => 'getMCyrl2Latn', 'kk-tr' => 'getMCyrl2Latn',
				'kk-cyrl' => 'getMLatn2Cyrl', 'kk-kz' => 'getMLatn2Cyrl' ] );
		}
		foreach ( [ $table['main'], "{$table['main']}-ec", "{$table['main']}-hans", 'en' ] as $code ) {
			$texts = json_decode( @file_get_contents( "$root/languages/i18n/$code.json" ) ?: '{}', true );
			$table['error'] ??= $texts['converter-manual-rule-error'] ?? null;
		}
		$json = json_encode( $table, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES );
		file_put_contents( __DIR__ . "/tables/{$table['main']}.json", str_replace( '},"', "},\n\"", $json ) . "\n" );
	}
}
