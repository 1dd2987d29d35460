using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests.DropIn;

/// <summary>What a script for AWS's module would meet here: a cmdlet or parameter that is missing, or that takes less.</summary>
internal sealed record Difference(string Cmdlet, string Parameter, string What)
{
    public override string ToString() => $"{Cmdlet} {Parameter}: {What}";

    public static IEnumerable<Difference> Of(AwsParameter theirs, CmdletInfo cmdlet, IEnumerable<AwsParameter> theirCmdlet)
    {
        var ours = cmdlet.Parameters.Values.FirstOrDefault(parameter => Names(parameter).Contains(theirs.Name, StringComparer.OrdinalIgnoreCase));
        return ours is null
            ? [new(cmdlet.Name, theirs.Name, "is missing")]
            : Faults(theirs, ours, cmdlet, theirCmdlet).Select(what => new Difference(cmdlet.Name, theirs.Name, what));
    }

    private static IEnumerable<string> Faults(AwsParameter theirs, ParameterMetadata ours, CmdletInfo cmdlet, IEnumerable<AwsParameter> theirCmdlet)
    {
        foreach (var alias in theirs.Aliases.Except(Names(ours), StringComparer.OrdinalIgnoreCase))
        {
            yield return $"has no alias {alias}";
        }
        if (!Takes(ours.ParameterType, theirs.Type))
        {
            yield return $"is {ours.ParameterType}, not {theirs.Type}";
        }
        var sets = ours.ParameterSets.Values;
        if (theirs.Position is not null && !sets.Any(set => IsReached(set.Position, cmdlet, theirCmdlet)))
        {
            yield return "is not what an argument without a name is";
        }
        if (theirs.ByValue && !sets.Any(set => set.ValueFromPipeline))
        {
            yield return "does not come down the pipeline";
        }
        if (theirs.ByPropertyName && !sets.Any(set => set.ValueFromPipelineByPropertyName))
        {
            yield return "is no property of what comes down the pipeline";
        }
        if (!theirs.IsMandatory && sets.All(set => set.IsMandatory))
        {
            yield return "is mandatory";
        }
    }

    /// <summary>AWS's cmdlets have one position: it leads here where all parameters before it are ones that such a script gives by name.</summary>
    private static bool IsReached(int position, CmdletInfo cmdlet, IEnumerable<AwsParameter> theirs) =>
        position >= 0 && cmdlet.Parameters.Values
            .Where(other => other.ParameterSets.Values.Any(set => set.Position >= 0 && set.Position < position))
            .All(other => theirs.Any(parameter => parameter is { IsMandatory: true, Position: null } && parameter.Name == other.Name));

    /// <summary>AWS's own types are here the records and enums of the same names, which hashtables and texts become.</summary>
    private static bool Takes(Type ours, string theirs)
    {
        var one = Nullable.GetUnderlyingType(ours.IsArray ? ours.GetElementType()! : ours) ?? (ours.IsArray ? ours.GetElementType()! : ours);
        var wanted = theirs.TrimEnd('?').Replace("[]", "", StringComparison.Ordinal).Split('.')[^1];
        return one == typeof(object) ||
            ((ours.IsArray || !theirs.EndsWith("[]", StringComparison.Ordinal)) && one.Name.Equals(Known(wanted), StringComparison.OrdinalIgnoreCase));
    }

    private static string Known(string name) => name == "int" ? nameof(Int32) : name;

    private static IEnumerable<string> Names(ParameterMetadata parameter) => parameter.Aliases.Prepend(parameter.Name);
}
