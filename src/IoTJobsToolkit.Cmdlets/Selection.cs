using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>What -Select means: the whole answer, a path of its properties, or a parameter of the cmdlet.</summary>
internal static class Selection
{
    public const string Whole = "*";

    public static WildcardPattern Wildcard(string pattern) => new(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);

    public static IEnumerable<object> Read(PSCmdlet cmdlet, object response, string target, string wanted)
    {
        if (wanted == Whole)
        {
            return [response];
        }
        return wanted.StartsWith('^') ? Parameter(cmdlet, wanted[1..], target) : Property(cmdlet, response, wanted);
    }

    /// <summary>Refuses a parameter that the cmdlet does not have, before anything is done.</summary>
    public static void CheckParameter(PSCmdlet cmdlet, string? wanted)
    {
        if (wanted is ['^', .. var name])
        {
            FindParameter(cmdlet, name);
        }
    }

    /// <summary>
    /// Refuses a path that an answer of this type cannot have, before anything is done. Where a type does not tell what its values
    /// have, as that of a map, the answer will.
    /// </summary>
    public static void CheckProperties(PSCmdlet cmdlet, Type type, string? wanted)
    {
        if (wanted is null or Whole or ['^', ..])
        {
            return;
        }
        foreach (var name in wanted.Split('.'))
        {
            type = ItemType(type);
            if (type == typeof(object) || IsMap(type))
            {
                return;
            }
            var property = type.GetProperties().FirstOrDefault(property => Matches(property.Name, name));
            if (property is null)
            {
                if (IsExtended(type, name))
                {
                    return;
                }
                throw Unknown(cmdlet, $"{type.Name} has no property {name}.", wanted);
            }
            type = property.PropertyType;
        }
    }

    /// <summary>What the parameter holds; of several names, the one that the answer belongs to.</summary>
    private static IEnumerable<object> Parameter(PSCmdlet cmdlet, string name, string target)
    {
        var value = FindParameter(cmdlet, name).GetValue(cmdlet);
        return value is IEnumerable<string> names && names.Any(name => name == target || Stands(name, target)) ? [target] : Items(value);
    }

    /// <summary>True of a wildcard that stands for the name.</summary>
    private static bool Stands(string pattern, string name) => WildcardPattern.ContainsWildcardCharacters(pattern) && Wildcard(pattern).IsMatch(name);

    private static PropertyInfo FindParameter(PSCmdlet cmdlet, string name) =>
        cmdlet.GetType().GetProperties().FirstOrDefault(property =>
            property.IsDefined(typeof(ParameterAttribute)) && (Matches(property.Name, name) || Aliases(property).Any(alias => Matches(alias, name))))
        ?? throw Unknown(cmdlet, $"{cmdlet.MyInvocation.MyCommand.Name} has no parameter {name}.", "^" + name);

    private static IEnumerable<object> Property(PSCmdlet cmdlet, object response, string path)
    {
        IEnumerable<object> values = [response];
        foreach (var name in path.Split('.'))
        {
            values = values.SelectMany(value => IsMap(value.GetType()) && Entry(value, name) is { } entry ? Items(entry)
                : PSObject.AsPSObject(value).Properties[name] is { } property ? Items(property.Value)
                : throw Unknown(cmdlet, IsMap(value.GetType()) ? $"It has no entry {name}." : $"{Name(value)} has no property {name}.", path)).ToList();
        }
        return values;
    }

    /// <summary>Of a map with names as keys; null where it has none of this name.</summary>
    private static object? Entry(object map, string name) => ((IEnumerable)map).Cast<object>()
        .Select(pair => (Key: pair.GetType().GetProperty("Key")!.GetValue(pair)?.ToString(), Pair: pair))
        .Where(entry => entry.Key is { } key && Matches(key, name))
        .Select(entry => entry.Pair.GetType().GetProperty("Value")!.GetValue(entry.Pair))
        .FirstOrDefault();

    private static IEnumerable<object> Items(object? value) => value switch
    {
        null => [],
        string or IDictionary => [value],
        IEnumerable items when !IsMap(value.GetType()) => items.Cast<object>(),
        _ => [value],
    };

    /// <summary>What is read of a value of this type: of a list, its items.</summary>
    private static Type ItemType(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) || IsMap(type)
            ? type
            : type.GetInterfaces().Append(type)
                .FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                ?.GetGenericArguments()[0] ?? type;
    }

    /// <summary>True for what the module's types file adds to a record.</summary>
    private static bool IsExtended(Type type, string name) =>
        name.Length > 0 && type is { IsClass: true, IsAbstract: false } && type != typeof(string) &&
        PSObject.AsPSObject(RuntimeHelpers.GetUninitializedObject(type)).Properties[name] is not null;

    private static bool IsMap(Type type) => type.GetInterfaces().Append(type)
        .Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>));

    private static IEnumerable<string> Aliases(PropertyInfo property) =>
        property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? Enumerable.Empty<string>();

    private static bool Matches(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string Name(object value) => PSObject.AsPSObject(value).BaseObject.GetType().Name;

    private static InvalidOperationException Unknown(PSCmdlet cmdlet, string message, string wanted)
    {
        var exception = new InvalidOperationException($"-Select {wanted}: {message}");
        cmdlet.ThrowTerminatingError(new(exception, "InvalidSelect", ErrorCategory.InvalidArgument, wanted)
        {
            ErrorDetails = new(exception.Message)
            {
                RecommendedAction = "Give * for the whole answer, the path of a property, or ^ and a parameter's name.",
            },
        });
        return exception;
    }
}
