using Toolkit.EdgeRuntime.Text;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Whether whole texts match a regular expression. The time is linear in the text, whatever the expression.</summary>
internal static class RegexFullMatchOperator
{
    /// <summary>The kernel of a node.</summary>
    /// <exception cref="OnnxModelException">The expression is not one of RE2's.</exception>
    public static OperatorKernel Prepare(Onnx.Operators.RegexFullMatch op, NodeContext node)
    {
        if (node.InputType(0) != ElementType.String)
        {
            throw node.UnsupportedType(0);
        }

        try
        {
            return new Kernel(RegularExpression.Parse(op.Pattern));
        }
        catch (FormatException exception)
        {
            throw new OnnxModelException($"{node}: {exception.Message}", exception);
        }
        catch (NotSupportedException exception)
        {
            throw node.Unsupported(exception.Message);
        }
    }

    private sealed class Kernel(RegularExpression expression) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<string> x = arguments.Input<string>(0);
            Span<bool> y = arguments.Output<bool>(0);
            var matcher = new RegularExpressionMatcher(expression);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = matcher.IsFullMatch(x[i]);
            }
        }
    }
}
