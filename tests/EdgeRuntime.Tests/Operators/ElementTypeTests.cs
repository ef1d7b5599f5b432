using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Tests.Operators;

/// <summary>Every operator runs on every element type that ONNX allows for it.</summary>
public sealed class ElementTypeTests
{
    private const int CasesOfOperator = 12;

    private const string Interpolated = "There is no number between two of them.";

    // What ONNX's lists allow and the engine refuses, each with the reason.
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["Col2Im T = String"] = "Texts have no sum.",
        ["GridSample T1 = Bool"] = Interpolated,
        ["GridSample T1 = Complex128"] = "The definition of interpolation has real numbers alone.",
        ["GridSample T1 = Complex64"] = "The definition of interpolation has real numbers alone.",
        ["GridSample T1 = String"] = Interpolated,
        ["Resize T1 = Bool"] = Interpolated,
        ["Resize T1 = Complex128"] = "The definition of interpolation has real numbers alone.",
        ["Resize T1 = Complex64"] = "The definition of interpolation has real numbers alone.",
        ["Resize T1 = String"] = Interpolated,
        ["ScatterElements T = Complex128"] = "Complex numbers have no greatest.",
        ["ScatterElements T = Complex64"] = "Complex numbers have no greatest.",
        ["ScatterElements T = String"] = "Texts have no sum.",
        ["ScatterND T = Complex128"] = "Complex numbers have no greatest.",
        ["ScatterND T = Complex64"] = "Complex numbers have no greatest.",
        ["ScatterND T = String"] = "Texts have no sum.",
    };

    // Operators whose cases hold for some types alone: the bits of one size, mod with the sign of the
    // divisor, which is for integers, conversions, whose pairs of types have cases of their own, and n-grams, whose pool is an attribute of one type.
    private static readonly string[] TypedCases = ["BitCast", "Cast", "CastLike", "Mod", "QuantizeLinear", "TfIdfVectorizer"];

    public static TheoryData<string> Operators => [.. Cases.Keys];

    private static readonly SortedDictionary<string, OperatorCase[]> Cases = new(
        OperatorCases.All.Where(@case => @case.Operator.Domain.Length == 0 && @case.Inputs.Length > 0 && !TypedCases.Contains(@case.Operator.OpType)).GroupBy(@case => @case.Operator.OpType)
            .ToDictionary(group => group.Key, group => group.OrderBy(@case => @case.Expected.Length == 0).ThenByDescending(@case => @case.Inputs.Length).Take(CasesOfOperator).ToArray()),
        StringComparer.Ordinal);

    [Fact]
    public void Every_operator_with_a_case_is_in_the_table_of_types() => Assert.Empty(Cases.Keys.Except(ElementTypeTable.Operators));

    [Theory]
    [MemberData(nameof(Operators))]
    public void An_operator_runs_on_every_type_that_ONNX_allows(string op)
    {
        var refusals = new List<string>();
        foreach (string variable in ElementTypeTable.Variables(op))
        {
            foreach (ElementType type in ElementTypeTable.Types(op, variable))
            {
                foreach (OperatorCase @case in Cases[op])
                {
                    try
                    {
                        OperatorCase retyped = @case with { Inputs = Retype(@case, variable, type) };
                        Run(retyped);
                    }
                    catch (Exception exception) when (exception is UnsupportedOperatorException or OnnxModelException)
                    {
                        refusals.Add($"{op} {variable} = {type}: {exception.Message}");
                        break;
                    }
                    catch (ArgumentException)
                    {
                        // A value that the other type cannot say, such as an index that became text.
                    }
                }
            }
        }

        string[] refused = [.. refusals.Select(text => text.Split(':')[0]).Distinct().Order(StringComparer.Ordinal)];
        string[] expected = [.. Refused.Keys.Where(key => key.StartsWith($"{op} ", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.True(refused.SequenceEqual(expected), string.Join(Environment.NewLine, refusals));
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void Half_precision_results_are_those_of_float32_rounded_once(string op)
    {
        foreach (ElementType type in new[] { ElementType.Float16, ElementType.BFloat16 })
        {
            foreach (OperatorCase @case in Cases[op].Where(@case => @case.Inputs.Any(input => input is Tensor<float>)))
            {
                OperatorCase half = @case with { Inputs = Retype(@case, ElementType.Float32, type) };
                OrderedDictionary<string, Tensor> expected;
                OrderedDictionary<string, Tensor> actual;
                try
                {
                    actual = Run(half);
                    expected = Run(half with { Inputs = Retype(half, type, ElementType.Float32) });
                }
                catch (Exception exception) when (exception is OnnxModelException or UnsupportedOperatorException)
                {
                    // The other test says which refusals are right; here they concern inputs that may be float32 alone.
                    continue;
                }

                Assert.Equal(expected.Count, actual.Count);
                for (int i = 0; i < expected.Count; i++)
                {
                    Tensor y = expected.GetAt(i).Value;
                    ElementType result = actual.GetAt(i).Value.ElementType;
                    Elements.AssertClose(result == y.ElementType ? y : Elements.From(result, y.Shape, Elements.Of(y)), actual.GetAt(i).Value, 0, 0);
                }
            }
        }
    }

    private static OrderedDictionary<string, Tensor> Run(OperatorCase @case)
    {
        using ManagedSession session = ManagedBackend.Compile(@case.ToModel(constants: false, OperatorTable.MaxOpset));
        return session.Run(@case.Feeds());
    }

    private static Tensor?[] Retype(OperatorCase @case, ElementType from, ElementType to) =>
        [.. @case.Inputs.Select(input => input?.ElementType == from ? Elements.From(to, input.Shape, Elements.Of(input)) : input)];

    private static Tensor?[] Retype(OperatorCase @case, string variable, ElementType type) =>
        [.. @case.Inputs.Select((input, i) => input is not null && ElementTypeTable.VariableOf(@case.Operator.OpType, i) == variable ? Elements.From(type, input.Shape, Elements.Of(input)) : input)];
}
