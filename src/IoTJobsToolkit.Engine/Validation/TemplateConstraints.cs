namespace IoTJobsToolkit.Engine.Validation;

/// <summary>Constraints of job templates and of what a job gives to a managed one (jobs-reference 1.4, 12).</summary>
internal static class TemplateConstraints
{
    extension(Check check)
    {
        public void JobTemplateId(string? templateId)
        {
            check.Required("jobTemplateId", templateId);
            check.Text("jobTemplateId", templateId, 1, 64, TextPattern.JobId);
        }

        public void ManagedTemplate(string? name, string? version)
        {
            check.Length("templateName", name, 1, 64);
            check.Pattern("templateVersion", version, TextPattern.TemplateVersion);
        }

        public void DocumentParameters(IReadOnlyDictionary<string, string>? parameters)
        {
            foreach (var (key, value) in parameters ?? new Dictionary<string, string>())
            {
                check.Text("documentParameters.key", key, 1, 128, TextPattern.JobId);
                check.Required($"documentParameters.{key}", value);
                check.Text($"documentParameters.{key}", value, 1, 30720, TextPattern.NoControl);
            }
        }
    }
}
