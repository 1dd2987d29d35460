using System.Security.Cryptography;
using System.Text;

namespace IoTJobsToolkit.Engine.Things;

/// <summary>The names which AWS gives to resources: ARNs, and ids that look random but follow from a sequence.</summary>
public static class Arn
{
    extension(JobsSettings settings)
    {
        public string JobArn(string jobId) => settings.ResourceArn("job", jobId);

        public string ThingArn(string thingName) => settings.ResourceArn("thing", thingName);

        public string ThingGroupArn(string groupName) => settings.ResourceArn("thinggroup", groupName);

        public string JobTemplateArn(string templateId) => settings.ResourceArn("jobtemplate", templateId);

        /// <summary>A managed template belongs to no account.</summary>
        public string ManagedJobTemplateArn(string name, string version) => $"arn:aws:iot:{settings.Region}::jobtemplate/{name}:{version}";

        /// <summary>The name inside <paramref name="arn"/> when it is one of this account and region and of <paramref name="kind"/>.</summary>
        public string? NameOf(string kind, string arn)
        {
            var prefix = settings.ResourceArn(kind, "");
            return arn.StartsWith(prefix, StringComparison.Ordinal) && arn.Length > prefix.Length ? arn[prefix.Length..] : null;
        }

        /// <summary>An id in UUID form, the same for the same sequence, another for every other one of this account and region.</summary>
        public string ResourceId(string kind, long sequence)
        {
            var text = Encoding.UTF8.GetBytes($"{settings.Region}:{settings.AccountId}:{kind}:{sequence}");
            return new Guid(SHA256.HashData(text).AsSpan(0, 16)).ToString("D");
        }

        private string ResourceArn(string kind, string name) => $"arn:aws:iot:{settings.Region}:{settings.AccountId}:{kind}/{name}";
    }

    /// <summary>What follows the last slash: the name of a thing, group or job.</summary>
    public static string LastPart(string arn) => arn[(arn.LastIndexOf('/') + 1)..];
}
