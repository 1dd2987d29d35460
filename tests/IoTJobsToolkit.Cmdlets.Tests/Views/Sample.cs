using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace IoTJobsToolkit.Cmdlets.Tests.Views;

/// <summary>An answer with all that it can hold, every name as long as names get: what a view has to cope with.</summary>
internal static class Sample
{
    /// <summary>The properties which name an object, each with a letter that occurs in its name and nowhere else.</summary>
    public static IReadOnlyDictionary<string, char> Names { get; } = new Dictionary<string, char>
    {
        ["JobId"] = 'ā', ["ThingName"] = 'ē', ["ThingGroupName"] = 'ģ', ["GroupName"] = 'ĝ', ["JobTemplateId"] = 'ţ', ["TemplateName"] = 'ť', ["UserName"] = 'ū',
        ["AccountName"] = 'ă', ["AccessKeyId"] = 'ķ', ["CredentialId"] = 'ċ', ["Key"] = 'ĸ', ["SubjectName"] = 'ş',
    };

    /// <summary>Characters of every name.</summary>
    public const int NameLength = 128;

    private static readonly DateTimeOffset Time = new(2026, 11, 30, 23, 59, 59, TimeSpan.Zero);

    /// <summary>Null where there is none of the type, as of an abstract one.</summary>
    public static object? Of(Type type) => Value(type, "", 0);

    private static object? Value(Type type, string name, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => Text(name),
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => 99_999,
            _ when type == typeof(long) => name.EndsWith("At", StringComparison.Ordinal) ? Time.ToUnixTimeSeconds() : 999_999L,
            _ when type == typeof(decimal) => 99.99m,
            _ when type == typeof(DateTimeOffset) => Time,
            _ when type == typeof(Uri) => new Uri("https://jobs.example.com"),
            _ when type.IsEnum => Enum.GetValues(type).Cast<object>().MaxBy(value => value.ToString()!.Length),
            _ when type.IsGenericType && type.GetGenericArguments() is [var key, var item] && key == typeof(string) => Dictionary(item, depth),
            _ when type.IsGenericType && type.GetGenericArguments() is [var item] && typeof(IEnumerable).IsAssignableFrom(type) => List(item, name, depth),
            _ when type.IsClass && !type.IsAbstract && type.Namespace?.StartsWith("IoTJobsToolkit", StringComparison.Ordinal) == true && depth < 6 => Record(type, depth),
            _ => null,
        };
    }

    private static string Text(string property) => property switch
    {
        "ThingArn" => "arn:aws:iot:us-east-1:123456789012:thing/" + Text("ThingName"),
        "Targets" => "arn:aws:iot:us-east-1:123456789012:thinggroup/" + Text("ThingGroupName"),
        "AccessKeyId" => new string(Names[property], 20),
        _ when Names.TryGetValue(property, out var letter) => new string(letter, NameLength),
        "StartTime" or "EndTime" => "2026-12-01T10:30:00Z",
        "SecretAccessKey" => new string('s', 40),
        _ => "text",
    };

    private static object Record(Type type, int depth)
    {
        var record = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null))
        {
            property.SetValue(record, Value(property.PropertyType, property.Name, depth + 1), BindingFlags.NonPublic | BindingFlags.Instance, null, null, null);
        }
        return record;
    }

    private static IList List(Type item, string name, int depth)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        list.Add(Value(item, name, depth + 1));
        list.Add(Value(item, name, depth + 1));
        return list;
    }

    private static IDictionary Dictionary(Type item, int depth)
    {
        var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), item))!;
        dictionary.Add("first", Value(item, "Value", depth + 1));
        dictionary.Add("second", Value(item, "Value", depth + 1));
        return dictionary;
    }
}
