using System.Globalization;
using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A number as an element of any type.</summary>
internal static class NumberElement
{
    /// <summary>The nearest that the type has to the truncated number; anything but 0 is true; text as it is written.</summary>
    public static T From<T>(float value)
    {
        object element = default(T) switch
        {
            float => value,
            double => (double)value,
            Half => (Half)value,
            BFloat16 => (BFloat16)value,
            byte => byte.CreateSaturating(value),
            sbyte => sbyte.CreateSaturating(value),
            ushort => ushort.CreateSaturating(value),
            short => short.CreateSaturating(value),
            uint => uint.CreateSaturating(value),
            int => int.CreateSaturating(value),
            ulong => ulong.CreateSaturating(value),
            long => long.CreateSaturating(value),
            bool => value != 0,
            Complex64 => new Complex64(value, 0),
            Complex => new Complex(value, 0),
            _ when typeof(T) == typeof(string) => value == 0 ? "" : value.ToString(CultureInfo.InvariantCulture),
            _ => default(T)!,
        };
        return (T)element;
    }
}
