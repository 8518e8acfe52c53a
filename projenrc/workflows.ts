import { awscdk } from 'projen';
import { GithubWorkflow, WorkflowSteps, workflows } from 'projen/lib/github';

/** Checks every change the way that contributors do. */
export function checkEveryChange(project: awscdk.AwsCdkConstructLibrary, nodeVersion: string): void {
  if (!project.github) return;
  const workflow = new GithubWorkflow(project.github, 'build');
  workflow.on({ pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
  workflow.addJob('build', {
    runsOn: ['ubuntu-latest'],
    timeoutMinutes: 60,
    permissions: { contents: workflows.JobPermission.READ },
    steps: [
      WorkflowSteps.checkout(),
      { name: 'Node.js', uses: 'actions/setup-node@v7.0.0', with: { 'node-version': nodeVersion } },
      { name: 'Python', uses: 'actions/setup-python@v7.0.0', with: { 'python-version': '3.12' } },
      { name: 'Java', uses: 'actions/setup-java@v6.0.0', with: { 'distribution': 'corretto', 'java-version': '17' } },
      { name: 'Go', uses: 'actions/setup-go@v7.0.0', with: { 'go-version': '1.25', 'cache': false } },
      { name: 'Everything that must pass', run: '.ci/run' },
    ],
  });
}
