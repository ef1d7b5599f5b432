using Toolkit.EdgeRuntime.Tests;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

/// <summary>The cases of all operators with float16 inputs, where ONNX Runtime runs them on the CPU.</summary>
public sealed class HalfPrecisionTests
{
    private const long Opset = 20;

    // Both round once, but in float32 they add in another order: a unit of float16's last place, two where a function is steep.
    private const double Tolerance = 1.0 / 512;

    private const int CasesOfOperator = 8;

    [Fact]
    public void ONNX_Runtime_agrees_in_float16_wherever_it_runs_it()
    {
        var compared = new HashSet<string>(StringComparer.Ordinal);
        var differing = new List<string>();

        // QuantizeLinear: the definition rounds the quotient to the scale's type, where ONNX Runtime divides in float32.
        IEnumerable<OperatorCase> cases = OperatorCases.All.Where(@case => @case.OnnxRuntimeGap is null && @case.Operator.Domain.Length == 0 && @case.Operator.OpType != "QuantizeLinear")
            .GroupBy(@case => @case.Operator.OpType).SelectMany(group => group.Where(@case => @case.Inputs.Any(input => input is Tensor<float>)).Take(CasesOfOperator));
        foreach (OperatorCase @case in cases)
        {
            OperatorCase half = @case with { Inputs = [.. @case.Inputs.Select(input => input is Tensor<float> ? Elements.From(ElementType.Float16, input.Shape, Elements.Of(input)) : input)] };
            if (Expected(half) is not { } expected)
            {
                continue;
            }

            try
            {
                using ManagedSession managed = ManagedBackend.Compile(half.ToModel(constants: false, Opset));
                foreach ((string output, Tensor actual) in managed.Run(half.Feeds()))
                {
                    Elements.AssertClose(expected[output], actual, Tolerance, Tolerance);
                }

                compared.Add(@case.Operator.OpType);
            }
            catch (Exception exception)
            {
                differing.Add($"{@case.Name}: {exception.Message}");
            }
        }

        Assert.Empty(differing);
        Assert.True(compared.Count > 60, $"{compared.Count} operators");
    }

    private static OrderedDictionary<string, Tensor>? Expected(OperatorCase @case)
    {
        try
        {
            using IInferenceSession session = new OnnxRuntimeBackend().Load(@case.ToModel(constants: false, Opset).ToBytes(), new InferenceOptions { Threads = 1 });
            return session.Run(@case.Feeds());
        }
        catch (Exception exception) when (exception is UnsupportedOperatorException or OnnxModelException or ArgumentException)
        {
            return null;
        }
    }
}
