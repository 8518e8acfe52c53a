import { awscdk } from 'projen';

/** The repository that pacmak builds with and installs into; the default is a new one in every run, which fetches 187 MB. */
const MAVEN_REPOSITORY = '.cache/m2';

/** Everything that the npm package holds beside package.json, README and LICENSE. The packages of other languages hold the same. */
const FILES = ['.jsii', 'API.md', 'CHANGELOG.md', 'SECURITY.md', 'assets', 'lib/**/*.d.ts', 'lib/**/*.js', '!lib/**/*.lambda.*'];

/**
 * One way to pack: all languages, whether on a build server or not. Only the sources are made for .NET, so that no .NET SDK is needed; a release
 * packs them with `package:dotnet`.
 */
export function packAllLanguages(project: awscdk.AwsCdkConstructLibrary): void {
  project.package.addField('files', FILES);

  project.tasks.tryFind('package:java')?.reset(`jsii-pacmak -v --target java --maven-local-repository ${MAVEN_REPOSITORY}`);

  project.packageTask.reset();
  project.removeTask('package-all');
  project.packageTask.description = 'Packs the library for npm, PyPI, Maven and Go, makes the sources for .NET and a bill of materials';
  project.packageTask.spawn(project.preCompileTask);
  project.packageTask.spawn(project.compileTask);
  // The snippets of the documentation are translated for each language from what rosetta extracts.
  project.packageTask.exec('jsii-rosetta extract --strict');
  project.packageTask.exec('rm -rf dist/js dist/python dist/java dist/go dist/dotnet');
  const targets = ['js', 'python', 'java', 'go'].map(language => `--target ${language}`).join(' ');
  project.packageTask.exec(`jsii-pacmak ${targets} --maven-local-repository ${MAVEN_REPOSITORY}`);
  project.packageTask.exec('jsii-pacmak --target dotnet --code-only');
  // The package brings nothing of its own: the bill lists its peers, and what built it as development components.
  project.packageTask.exec('npm sbom --sbom-format cyclonedx --sbom-type library > dist/sbom.cdx.json');

  project.addTask('languages', {
    description: 'Packs the library, installs it into the same program in every language, and compares the templates',
    env: { TSX_DISABLE_CACHE: '1' },
    steps: [{ spawn: project.packageTask.name }, { exec: 'tsx languages/main.ts' }],
  });
}
