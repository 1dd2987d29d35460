namespace IoTJobsToolkit.Engine.Documents;

/// <summary>Signs as the other does, so that its refusals are the same, and takes away all that is not known to be harmless.</summary>
internal sealed class PresignerWithoutSecrets(IPresigner presigner) : IPresigner
{
    private static readonly string[] Harmless = ["X-Amz-Algorithm", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "versionId", "x-id"];

    public string Presign(PresignRequest request)
    {
        var url = presigner.Presign(request);
        var query = url.IndexOf('?', StringComparison.Ordinal) + 1;
        return query == 0 ? url : url[..query] + string.Join('&', url[query..].Split('&').Select(Shown));
    }

    private static string Shown(string parameter)
    {
        var name = parameter.Split('=', 2)[0];
        return Harmless.Contains(name, StringComparer.OrdinalIgnoreCase) ? parameter : $"{name}=…";
    }
}
