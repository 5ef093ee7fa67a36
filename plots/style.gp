# The one style of all pictures. Scripts of a run folder load the copy beside them; to try another
# one: gnuplot -e "style = 'my_style.gp'" turnover.gp
# Colours stay apart for colour-blind eyes (after Okabe and Ito 2008), bands differ in lightness and
# lines in their dashes, so that everything can be read in grey.

reset
set encoding utf8
set decimalsign '.'
set datafile separator whitespace
set datafile missing '?'
set datafile commentschars '#'

# Scripts may ask for another end of the picture's name, so that a picture that is not whole yet
# does not carry its final name.
if (!exists("suffix")) suffix = ''
# The files that every script draws; gnuplot -e "kinds = 'pdf'" revenue.gp draws one of them.
if (!exists("kinds")) kinds = 'png svg pdf'
# What a script evaluates before it draws: the terminal and where the picture goes. Text is never
# interpreted (noenhanced): an underscore in a name is an underscore.
# An SVG names its parts by the picture, so that several can stand in one page.
open_picture(kind, name, width, height) = \
    (kind eq 'png' \
        ? sprintf("set terminal pngcairo noenhanced size %d,%d font 'sans,10' linewidth 1.3", \
                  width, height) : \
     kind eq 'pdf' \
        ? sprintf("set terminal pdfcairo noenhanced size %.3fin,%.3fin fontscale 0.75 font 'sans,10' linewidth 1.8 background '#ffffff'", \
                  width / 96.0, height / 96.0) : \
     kind eq 'sixel' \
        ? sprintf("set terminal sixelgd noenhanced truecolor size %d,%d font 'sans,10' linewidth 1.3 background '#ffffff'", \
                  width, height) \
        : sprintf("set terminal svg noenhanced name '%s' size %d,%d fixed font 'sans-serif,13' linewidth 1.3 background '#ffffff'", \
                  name, width, height)) . \
    (kind eq 'sixel' ? '' : sprintf("; set output '%s.%s%s'", name, kind, suffix))

# Text around the panels.
text_colour = '#222222'
quiet_colour = '#555555'
title_font(kind) = kind eq 'svg' ? ',18' : ',14'
small_font(kind) = kind eq 'svg' ? ',12' : ',9'

# A fan: 90 and 50 % bands and the median.
set style line 1 linecolor rgb '#c6dcec' linewidth 1
set style line 2 linecolor rgb '#7fb2d5' linewidth 1
set style line 3 linecolor rgb '#08426b' linewidth 2.2
# A line to compare with: 100 %, no difference.
set style line 4 linecolor rgb '#222222' linewidth 1 dashtype 2
set style line 5 linecolor rgb '#222222' linewidth 1

# Plans, the baseline first: the same colour and dashes in every picture.
array plan_colour[8] = ['#333333', '#d55e00', '#0072b2', '#009e73', \
                        '#aa3377', '#8a6d00', '#3b9bd0', '#7f4f24']
# Their names, in the same hue but dark enough to be read on white (contrast of 4.5 or more).
array plan_text[8] = ['#333333', '#bb5300', '#0072b2', '#00825e', \
                      '#aa3377', '#8a6d00', '#2777a4', '#7f4f24']
set style line 11 linecolor rgb plan_colour[1] linewidth 2.2 dashtype 1
set style line 12 linecolor rgb plan_colour[2] linewidth 2.2 dashtype (14,5)
set style line 13 linecolor rgb plan_colour[3] linewidth 2.2 dashtype (6,4)
set style line 14 linecolor rgb plan_colour[4] linewidth 2.2 dashtype (14,4,3,4)
set style line 15 linecolor rgb plan_colour[5] linewidth 2.2 dashtype (2,3)
set style line 16 linecolor rgb plan_colour[6] linewidth 2.2 dashtype (20,4)
set style line 17 linecolor rgb plan_colour[7] linewidth 2.2 dashtype (9,3,2,3,2,3)
set style line 18 linecolor rgb plan_colour[8] linewidth 2.2 dashtype (4,8)

# Heat maps: values from light to dark; differences from orange (less) over white to dark blue
# (more), which in grey is darker than the orange.
value_colours = "(0 '#f3f7fa', 0.5 '#a9cbe2', 1 '#4f93bf')"
difference_colours = "(-1 '#e08a3c', -0.35 '#f7d9b8', 0 '#ffffff', 0.35 '#b5d2e6', 1 '#4f93bf')"

# Numbers in cells through which the line of break-even passes.
set style textbox opaque margins 0.6,0.6 fillcolor rgb '#ffffff' noborder

set style fill solid 1.0 noborder
set key noautotitle
unset key

# What a script evaluates for the panel that holds nothing but the key, and for those that follow.
open_key = "unset arrow; set xtics autofreq; set ytics autofreq; unset xlabel; unset border; unset grid; set tics nomirror scale 0 format ''; set xrange [0:1]; " . \
    "set yrange [0:1]; set key right center horizontal maxrows 1 Left reverse samplen 2.2 width 0 " . \
    "textcolor rgb text_colour"
open_panels = "unset label; unset key; " . \
    "set border 3 linecolor rgb '#777777' linewidth 0.8; " . \
    "set tics nomirror out scale 0.6 textcolor rgb text_colour; " . \
    "set grid ytics linetype 1 linecolor rgb '#e6e6e6' linewidth 0.6"
