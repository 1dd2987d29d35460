using System.Management.Automation;

namespace IoTJobsToolkit.HelpBuilder.Cmdlets;

/// <param name="Position">From 0; null where it has to be named.</param>
public sealed record Place(bool Mandatory, int? Position, bool ByValue, bool ByPropertyName);

/// <summary>What a parameter's property says of it.</summary>
/// <param name="Values">All that can be given, where that is a closed list; else none.</param>
/// <param name="Default">What counts when it is not given, where its property begins with that; else null.</param>
/// <param name="Places">By parameter set; a parameter of all sets is in each.</param>
public sealed record ParameterFacts(
    string Name,
    Type Type,
    IReadOnlyList<string> Aliases,
    bool TakesWildcards,
    IReadOnlyList<string> Values,
    string? Default,
    IReadOnlyDictionary<string, Place> Places)
{
    public bool IsSwitch => Type == typeof(SwitchParameter);

    public bool TakesMany => Type.IsArray;

    /// <summary>As it is shown: String[], Int32 (also where it can be null), SwitchParameter.</summary>
    public string TypeName => (Nullable.GetUnderlyingType(Type) ?? Type).Name.Split('`')[0];
}
