using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace IoTJobsToolkit.HelpBuilder.Cmdlets;

/// <summary>Reads the cmdlets of an assembly, as PowerShell itself sees them.</summary>
public static class CmdletAssembly
{
    public static IReadOnlyList<CmdletFacts> Read(string path)
    {
        var context = new BesideIt(Path.GetFullPath(path));
        return [.. context.LoadFromAssemblyPath(Path.GetFullPath(path)).GetExportedTypes()
            .Where(type => !type.IsAbstract && type.IsDefined(typeof(CmdletAttribute)))
            .Select(Facts)
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];
    }

    private static CmdletFacts Facts(Type type)
    {
        var command = new CommandMetadata(type);
        var names = type.GetCustomAttribute<CmdletAttribute>()!;
        var fresh = Activator.CreateInstance(type)!;
        var shown = command.Parameters.Values.Where(parameter => !parameter.Attributes.OfType<ParameterAttribute>().Any(attribute => attribute.DontShow)).ToList();
        var sets = shown.SelectMany(parameter => parameter.ParameterSets.Keys).Distinct()
            .Where(set => set != ParameterAttribute.AllParameterSets)
            .OrderBy(set => set != command.DefaultParameterSetName).ToList();
        if (sets.Count == 0)
        {
            sets.Add(ParameterAttribute.AllParameterSets);
        }
        var parameters = shown.Select(parameter => Facts(parameter, type, fresh, sets));
        (fresh as IDisposable)?.Dispose();
        var outputs = type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(attribute => attribute.Type).Select(output => output.Name);
        return new(names.VerbName, names.NounName, [.. outputs], sets, [.. parameters.Concat(command.SupportsShouldProcess ? Trying(sets) : [])]);
    }

    private static ParameterFacts Facts(ParameterMetadata parameter, Type cmdlet, object fresh, List<string> sets)
    {
        var places = new Dictionary<string, Place>();
        foreach (var (set, place) in parameter.ParameterSets)
        {
            foreach (var name in set == ParameterAttribute.AllParameterSets ? sets : [set])
            {
                places[name] = new(place.IsMandatory, place.Position < 0 ? null : place.Position, place.ValueFromPipeline, place.ValueFromPipelineByPropertyName);
            }
        }
        var value = cmdlet.GetProperty(parameter.Name)!.GetValue(fresh);
        return new(
            parameter.Name,
            parameter.ParameterType,
            [.. parameter.Aliases],
            parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
            Values(parameter),
            places.Values.All(place => place.Mandatory) ? null : Show(value),
            places);
    }

    private static string[] Values(ParameterMetadata parameter)
    {
        if (parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault() is { } set)
        {
            return [.. set.ValidValues];
        }
        var type = parameter.ParameterType.IsArray ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? Enum.GetNames(type) : [];
    }

    private static string? Show(object? value) => value switch
    {
        null => null,
        SwitchParameter given => given ? "True" : "False",
        string text => text,
        IDictionary => null,
        IEnumerable many => string.Join(", ", many.Cast<object>()) is { Length: > 0 } all ? all : null,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>What PowerShell adds to a cmdlet that changes something.</summary>
    private static IEnumerable<ParameterFacts> Trying(List<string> sets) => new[] { ("WhatIf", "wi"), ("Confirm", "cf") }.Select(name => new ParameterFacts(
        name.Item1, typeof(SwitchParameter), [name.Item2], false, [], "False", sets.ToDictionary(set => set, _ => new Place(false, null, false, false))));

    /// <summary>PowerShell is this process's own; all else comes from the assembly's folder.</summary>
    private sealed class BesideIt(string path) : AssemblyLoadContext(Path.GetFileName(path))
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            Path.Combine(Path.GetDirectoryName(path)!, assemblyName.Name + ".dll") is var file
            && assemblyName.Name != typeof(PSObject).Assembly.GetName().Name && File.Exists(file)
                ? LoadFromAssemblyPath(file)
                : null;
    }
}
